// SPDX-License-Identifier: MIT
#pragma once

#include "support/bits.hpp"
#include "support/random.hpp"

#include <gradus/backend/xtensor.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/tensor/strided.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace support {

/// Numbers in the order of rows, with a shape.
template <class T, std::size_t Rank>
struct Shaped {
  std::array<std::size_t, Rank> shape;
  std::vector<T> values;
};

/// f(index, i) for every element, i counting in the order of rows.
template <std::size_t Rank, class F>
void for_each_index(const std::array<std::size_t, Rank>& shape, F f) {
  std::size_t size = 1;
  for (const std::size_t extent : shape) size *= extent;
  for (std::size_t i = 0; i < size; ++i) {
    std::array<std::size_t, Rank> index{};
    std::size_t rest = i;
    for (std::size_t a = Rank; a-- != 0; rest /= shape[a]) index[a] = rest % shape[a];
    f(index, i);
  }
}

}  // namespace support

template <class T, std::size_t Rank>
struct gradus::tensor_traits<support::Shaped<T, Rank>>
    : gradus::strided_traits<tensor_traits<support::Shaped<T, Rank>>, support::Shaped<T, Rank>, T> {
  static auto strided(const support::Shaped<T, Rank>& x) {
    Strided<T, Rank> all{const_cast<T*>(x.values.data()), x.shape, {}};
    std::ptrdiff_t stride = 1;
    for (std::size_t a = Rank; a-- != 0; stride *= static_cast<std::ptrdiff_t>(x.shape[a])) all.stride[a] = stride;
    return all;
  }
};

namespace support {

/// What holds for every tensor of T, whatever its library. `element(x, index...)` is the library's own access.
template <class T, std::size_t Rank>
class TensorLaws {
 public:
  explicit TensorLaws(const std::array<std::size_t, Rank>& shape) : shape_(shape) {
    for_each_index(shape_, [&](const auto&, std::size_t) { ++size_; });
    start_ = parameters<T>(size_), slope_ = gradient<T>(size_), end_ = start_;
    climb(end_, slope_);
  }

  template <class X, class Element>
  void hold(X&& x, Element element) const {
    using Own = std::remove_cvref_t<X>;
    const auto at = [&](const auto& index) -> T& {
      return std::apply([&](auto... i) -> T& { return element(x, i...); }, index);
    };
    const auto put = [&](const std::vector<T>& from) {
      for_each_index(shape_, [&](const auto& index, std::size_t i) { at(index) = from[i]; });
    };
    const auto numbers = [&] {
      std::vector<T> all(size_);
      for_each_index(shape_, [&](const auto& index, std::size_t i) { all[i] = at(index); });
      return all;
    };
    static_assert(gradus::WritableTensor<Own> && std::same_as<gradus::element_t<Own>, T>);
    CHECK(gradus::size_of(x) == size_);

    put(start_);
    std::vector<T> out(size_);
    for (std::size_t first = 0; first < size_; first += 100)
      gradus::read_elements<Own>(x, gradus::Order::row_major, first, std::min<std::size_t>(100, size_ - first),
                                 out.data() + first);
    CHECK(same_bits(out, start_));
    for (std::size_t first = 0; first < size_; first += 70)
      gradus::write_elements<Own>(x, gradus::Order::row_major, first, std::min<std::size_t>(70, size_ - first),
                                  slope_.data() + first);
    CHECK(same_bits(numbers(), slope_));

    // As a parameter it climbs to the bits of a vector, by itself and when it is walked block by block.
    const Shaped<T, Rank> slope{shape_, slope_};
    put(start_), climb(x, slope);
    CHECK(same_bits(numbers(), end_));
    put(start_), climb(x, slope, gradus::backend::Xtensor{});
    CHECK(same_bits(numbers(), end_));

    // And it is a gradient.
    put(slope_);
    Shaped<T, Rank> theta{shape_, start_};
    climb(theta, std::as_const(x));
    CHECK(same_bits(theta.values, end_));
  }

 private:
  template <class X, class G, class... Backend>
  static void climb(X&& x, const G& slope, const Backend&... backend) {
    const gradus::Optimizer optimizer{gradus::Clip{0.75}, gradus::Momentum{}, gradus::Nesterov{}, gradus::Adaptive{},
                                      gradus::LearningRate{0.1}};
    auto state = optimizer.init(x);
    for (int step = 0; step < 4; ++step) optimizer.ascend(x, slope, state, backend...);
  }

  std::array<std::size_t, Rank> shape_;
  std::size_t size_ = 0;
  std::vector<T> start_, slope_, end_;
};

}  // namespace support
