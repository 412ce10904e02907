// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <gradus/tensor/xtensor.hpp>

#if __has_include(<xtensor/core/xnoalias.hpp>)
#include <xtensor/core/xnoalias.hpp>
#else
#include <xtensor/xnoalias.hpp>
#endif

#include <array>
#include <memory>

namespace libraries {

namespace {

auto array(auto* at, std::size_t size) {
  return xt::adapt(at, size, xt::no_ownership(), std::array<std::size_t, 1>{size});
}

struct Arrays {
  decltype(array(static_cast<float*>(nullptr), 0)) p, v, s;
  decltype(array(static_cast<const float*>(nullptr), 0)) g;

  explicit Arrays(const Problem& x)
      : p(array(x.parameter, x.size)),
        v(array(x.velocity, x.size)),
        s(array(x.second, x.size)),
        g(array(x.gradient, x.size)) {}
};

template <class G>
void adam(Problem& x, Arrays& a, const G& g) {
  const auto [factor, beta, epsilon, rate, root] = x.next();
  xt::noalias(a.v) = factor * a.v + (1 - factor) * g;
  xt::noalias(a.s) = beta * a.s + (1 - beta) * xt::square(g);
  xt::noalias(a.p) += rate * a.v / (root * xt::sqrt(a.s) + epsilon);
}

}  // namespace

bench::Stopwatch xtensor(Rule rule, Problem x) {
  const auto a = std::make_shared<Arrays>(x);
  switch (rule) {
    case Rule::momentum:
      return bench::timed([=] {
        xt::noalias(a->v) = static_cast<float>(x.factor) * a->v + a->g;
        xt::noalias(a->p) += static_cast<float>(x.rate) * a->v;
      });
    case Rule::adam: return bench::timed([=]() mutable { adam(x, *a, a->g); });
    default:
      return bench::timed(
          [=]() mutable { adam(x, *a, x.scale(std::sqrt(xt::sum<double>(xt::square(a->g))())) * a->g); });
  }
}

}  // namespace libraries
