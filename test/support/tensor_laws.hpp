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

/// Numbers in row-major order, with a shape.
template <class T, std::size_t Rank>
struct Shaped {
  std::array<std::size_t, Rank> shape;
  std::vector<T> values;
};

/// Calls f(index, i) for every element; i counts in row-major order.
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

/// The same as an expression that a library evaluates when it is read; it counts evaluations.
template <class T, std::size_t Rank>
struct Evaluated {
  Shaped<T, Rank> of;
  mutable std::size_t count = 0;
};

}  // namespace support

template <class T, std::size_t Rank>
struct gradus::tensor_traits<support::Evaluated<T, Rank>> {
  using value_type = T;
  using Own = support::Shaped<T, Rank>;

  static auto shape(const support::Evaluated<T, Rank>& x) { return x.of.shape; }
  template <class To>
  static void read(const support::Evaluated<T, Rank>& x, Order order, std::size_t first, std::size_t count, To* out) {
    x.count += count;
    tensor_traits<Own>::read(x.of, order, first, count, out);
  }
  static bool elementwise(const support::Evaluated<T, Rank>&, Order, const void*, const void*) { return true; }
};

namespace support {

namespace detail {

// Both parts of complex numbers.
template <class T>
std::vector<T> numbers(std::vector<gradus::arithmetic_t<T>> reals) {
  if constexpr (!gradus::ComplexNumber<T>) {
    return reals;
  } else {
    std::vector<T> all;
    for (std::size_t i = 0; i < reals.size(); i += 2) all.emplace_back(reals[i], reals[i + 1]);
    return all;
  }
}

}  // namespace detail

/// The laws for every tensor of T, whatever its library. `element(x, index...)` is the library's own access.
template <class T, std::size_t Rank>
class TensorLaws {
 public:
  explicit TensorLaws(const std::array<std::size_t, Rank>& shape) : shape_(shape) {
    for_each_index(shape_, [&](const auto&, std::size_t) { ++size_; });
    using Real = gradus::arithmetic_t<T>;
    start_ = detail::numbers<T>(parameters<Real>(size_ * gradus::reals_of<T>));
    slope_ = detail::numbers<T>(gradient<Real>(size_ * gradus::reals_of<T>)), end_ = start_;
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
    static_assert(gradus::read_only<const Own>() || !gradus::owns<Own>(), "only a const view may be written through");
    CHECK(gradus::size_of(x) == size_);

    put(start_);
    std::vector<T> out(size_);
    for (std::size_t first = 0; first < size_; first += 100)
      gradus::read_elements<Own>(x, gradus::Order::row_major, first, std::min<std::size_t>(100, size_ - first),
                                 out.data() + first);
    CHECK(alike(out, start_));
    for (std::size_t first = 0; first < size_; first += 70)
      gradus::write_elements<Own>(x, gradus::Order::row_major, first, std::min<std::size_t>(70, size_ - first),
                                  slope_.data() + first);
    CHECK(alike(numbers(), slope_));

    // As a parameter it climbs to the bits of a vector: named, as a temporary, and when walked.
    const Shaped<T, Rank> slope{shape_, slope_};
    put(start_), climb(x, slope);
    CHECK(alike(numbers(), end_));
    put(start_), climb(x, slope, gradus::backend::Xtensor{});
    CHECK(alike(numbers(), end_));
    if constexpr (!gradus::owns<Own>() && std::copy_constructible<Own>) {
      put(start_), climb(Own(x), slope);
      CHECK(alike(numbers(), end_));
    }

    if constexpr (!gradus::read_only<const Own>()) {
      put(start_), climb(std::as_const(x), slope);
      CHECK(alike(numbers(), end_));
    }

    const Evaluated<T, Rank> lazy{slope};
    put(start_), climb(x, lazy);
    CHECK(alike(numbers(), end_));
    CHECK(lazy.count == climbed * size_);

    // It also serves as a gradient, but only for its own shape.
    put(slope_);
    Shaped<T, Rank> theta{shape_, start_};
    climb(theta, std::as_const(x));
    CHECK(alike(theta.values, end_));
    if constexpr (Rank != 0) {
      Shaped<T, Rank> other{shape_, {}};
      other.shape[0] += 1, other.values.resize(gradus::size_of(other));
      CHECK_THROWS_WITH_AS(climb(other, std::as_const(x)), doctest::Contains("its gradient ("), gradus::Refused);
      CHECK_THROWS_WITH_AS(climb(x, other), doctest::Contains("give a gradient of the parameter's shape"),
                           gradus::Refused);
    }
    CHECK(alike(numbers(), slope_));
    gradus::zero(x);
    CHECK(numbers() == std::vector<T>(size_));
  }

 private:
  static constexpr std::size_t climbed = 4;

  // Bit for bit; some bytes of a long double are padding.
  static bool alike(const std::vector<T>& a, const std::vector<T>& b) {
    if constexpr (std::same_as<T, long double>) return a == b;
    else return same_bits(a, b);
  }

  template <class X, class G, class... Backend>
  static void climb(X&& x, const G& slope, const Backend&... backend) {
    using namespace gradus;
    const auto by = [&](const auto& optimizer) {
      auto state = optimizer.init(x);
      for (std::size_t step = 0; step < climbed; ++step) optimizer.ascend(std::forward<X>(x), slope, state, backend...);
    };
    if constexpr (ComplexNumber<T>) by(Optimizer{Momentum{}, Nesterov{}, Adaptive{}, LearningRate{0.1}});
    else by(Optimizer{Clip{0.75}, Momentum{}, Nesterov{}, Adaptive{}, LearningRate{0.1}});
  }

  std::array<std::size_t, Rank> shape_;
  std::size_t size_ = 0;
  std::vector<T> start_, slope_, end_;
};

}  // namespace support
