// SPDX-License-Identifier: MIT
#include <gradus/core/leaf.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <vector>

using gradus::Order;
using gradus::detail::Leaf;

namespace {

struct Counting {
  double first;
};

}  // namespace

template <>
struct gradus::tensor_traits<Counting> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Counting&) { return {4}; }
  template <class T>
  static void read(const Counting& x, Order, std::size_t first, std::size_t count, T* out) {
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<T>(x.first + static_cast<double>(first + i));
  }
  // As if its elements were read from the memory where `first` lies.
  static bool elementwise(const Counting& x, Order, const void* begin, const void* end) {
    return &x < begin || &x >= end;
  }
};

TEST_SUITE_BEGIN("leaf");

TEST_CASE("a block has an address and can also be read element by element") {
  std::vector<float> theta{1, 2, 3}, gradient{4, 5, 6};
  Leaf leaf;
  gradus::detail::set_parameter(leaf, theta, Order::row_major, false);
  gradus::detail::set_gradient<float>(leaf, gradient, false);
  CHECK(leaf.size == 3);
  CHECK(leaf.element == &gradus::detail::element_type<float>);
  CHECK(leaf.element->name == "float");
  CHECK(leaf.element->size == sizeof(float));
  CHECK(leaf.parameter == theta.data());
  CHECK(leaf.gradient == gradient.data());
  CHECK(leaf.settled);
  CHECK_FALSE(leaf.absent);

  float two[2];
  leaf.read(leaf.tensor, leaf.order, 1, 2, two);
  CHECK(two[1] == 3);
  leaf.read_gradient(leaf.gradient_tensor, leaf.order, 0, 2, two);
  CHECK(two[0] == 4);
  leaf.write(leaf.tensor, leaf.order, 1, 2, two);
  CHECK(theta == std::vector<float>{1, 4, 5});
}

TEST_CASE("a walked leaf has no addresses") {
  std::vector<double> theta(2), gradient(2);
  Leaf leaf;
  gradus::detail::set_parameter(leaf, theta, Order::row_major, true);
  gradus::detail::set_gradient<double>(leaf, gradient, true);
  CHECK(leaf.parameter == nullptr);
  CHECK(leaf.gradient == nullptr);
  CHECK(leaf.settled);
}

TEST_CASE("an expression is read into the parameters' type, and settled if it is element-wise in them") {
  std::vector<float> theta(4);
  const Counting sequence{10};
  Leaf leaf;
  gradus::detail::set_parameter(leaf, theta, Order::row_major, false);
  gradus::detail::set_gradient<float>(leaf, sequence, false);
  CHECK(leaf.settled);
  CHECK(leaf.gradient == nullptr);
  float two[2];
  leaf.read_gradient(leaf.gradient_tensor, leaf.order, 2, 2, two);
  CHECK(two[0] == 12);

  alignas(Counting) double memory[4]{};
  std::span<double> there(memory);
  gradus::detail::set_parameter(leaf, there, Order::row_major, false);
  gradus::detail::set_gradient<double>(leaf, *reinterpret_cast<Counting*>(memory), false);
  CHECK_FALSE(leaf.settled);
}

TEST_SUITE_END();
