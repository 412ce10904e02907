// refused: in place of an xt::masked_view, whose elements may be missing, xt::filter
// SPDX-License-Identifier: MIT
#include <gradus/gradus.hpp>

#if __has_include(<xtensor/views/xindex_view.hpp>)  // xtensor 0.26 and later
#include <xtensor/views/xindex_view.hpp>
#include <xtensor/views/xmasked_view.hpp>
#else
#include <xtensor/xindex_view.hpp>
#include <xtensor/xmasked_view.hpp>
#endif

void step(xt::xtensor<double, 1>& theta, const xt::xtensor<double, 1>& gradient, gradus::State& state) {
  const gradus::Optimizer optimizer{gradus::LearningRate{}};
  const xt::xtensor<bool, 1> mask = theta > 0;
#ifdef TWIN
  optimizer.ascend(xt::filter(theta, mask), gradient, state);
#else
  optimizer.ascend(xt::masked_view(theta, mask), gradient, state);
#endif
}
