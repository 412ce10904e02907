// SPDX-License-Identifier: MIT
#include <gradus/core/tensor.hpp>

#include <doctest/doctest.h>

#include <array>
#include <list>
#include <numeric>
#include <vector>

namespace {

// A block of two rows.
struct Table {
  std::array<double, 6> cell{};
};

// Every second element of a block; read and written by copying.
struct Sparse {
  std::vector<float> cell;
};

// 0, 1, 2, ...: an expression.
struct Count {
  std::size_t size;
};

struct Frozen : Table {};

}  // namespace

template <>
struct gradus::tensor_traits<Table> {
  using value_type = double;
  static std::array<int, 2> shape(const Table&) { return {2, 3}; }
  static double* data(Table& x, Order) { return x.cell.data(); }
  static Order order(const Table&) { return Order::column_major; }
};

template <>
struct gradus::tensor_traits<Sparse> {
  using value_type = float;
  static constexpr bool view = true;
  static std::array<std::size_t, 1> shape(const Sparse& x) { return {x.cell.size() / 2}; }
  static float* data(Sparse&, Order) { return nullptr; }
  static void read(const Sparse& x, Order, std::size_t first, std::size_t count, float* out) {
    for (std::size_t i = 0; i < count; ++i) out[i] = x.cell[2 * (first + i)];
  }
  static void write(Sparse& x, Order, std::size_t first, std::size_t count, const float* in) {
    for (std::size_t i = 0; i < count; ++i) x.cell[2 * (first + i)] = in[i];
  }
};

template <>
struct gradus::tensor_traits<Count> {
  using value_type = double;
  static std::array<std::size_t, 1> shape(const Count& x) { return {x.size}; }
  template <class T>
  static void read(const Count&, Order, std::size_t first, std::size_t count, T* out) {
    std::iota(out, out + count, static_cast<T>(first));
  }
  static bool elementwise(const Count&, Order, const void*, const void*) { return true; }
};

template <>
struct gradus::tensor_traits<Frozen> : gradus::tensor_traits<Table> {
  static constexpr bool read_only = true;
  static double* data(Frozen& x, Order) { return x.cell.data(); }
};

using namespace gradus;

static_assert(Tensor<Table> && Tensor<const Table&> && Tensor<Sparse> && Tensor<Count>);
static_assert(!Tensor<std::list<double>> && !Tensor<void*>);
static_assert(LazyTensor<Count> && !LazyTensor<Table>);
static_assert(WritableTensor<Table> && WritableTensor<Sparse> && !WritableTensor<Count>);
static_assert(!read_only<Table&>() && read_only<const Table&>());
static_assert(!read_only<const Sparse&>(), "a const view still writes");
static_assert(read_only<Frozen&>());

TEST_SUITE_BEGIN("tensor");

TEST_CASE("size and order follow from the traits") {
  CHECK(size_of(Table{}) == 6);
  CHECK(order_of(Table{}) == Order::column_major);
  CHECK(size_of(Sparse{{1, 2, 3, 4}}) == 2);
  CHECK(order_of(Sparse{}) == Order::row_major);
}

TEST_CASE("elements are read and written from blocks, by copying, and from expressions") {
  Table table{{0, 1, 2, 3, 4, 5}};
  double two[2]{};
  read_elements(table, Order::row_major, 3, 2, two);
  CHECK(two[0] == 3);
  CHECK(two[1] == 4);
  two[0] = 30;
  write_elements(table, Order::row_major, 3, 2, two);
  CHECK(table.cell == std::array<double, 6>{0, 1, 2, 30, 4, 5});

  Sparse sparse{{0, 10, 1, 11, 2, 12}};
  float one = 0;
  read_elements(sparse, Order::row_major, 2, 1, &one);
  CHECK(one == 2);
  one = 7;
  write_elements(sparse, Order::row_major, 1, 1, &one);
  CHECK(sparse.cell == std::vector<float>{0, 10, 7, 11, 2, 12});

  float counted[3];
  read_elements(Count{9}, Order::row_major, 4, 3, counted);
  CHECK(counted[2] == 6);
}

TEST_SUITE_END();
