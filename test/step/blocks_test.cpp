// SPDX-License-Identifier: MIT
#include <gradus/step/blocks.hpp>

#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <numeric>
#include <vector>

using namespace gradus;

namespace {

struct Seen {
  std::vector<std::size_t> firsts{}, sizes{};
  bool reaches_memory = true;  // whether every parameter stream pointed into the tensor

  std::size_t total() const { return std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}); }
};

// Adds the gradient and the contents of slot 0 to the parameters, block by block.
template <detail::Access access>
Seen sweep(std::vector<double>& theta, const std::vector<double>& gradient, std::vector<double>& slot, bool walk) {
  detail::Leaf leaf;
  detail::set_parameter(leaf, theta, Order::row_major, walk);
  detail::set_gradient<double>(leaf, gradient, walk);
  detail::Streams<double, double, 1> streams;
  streams.slot[0] = slot.data();
  Seen seen;
  detail::for_each_block<access>(leaf, streams, [&](const auto& at, std::size_t size, std::size_t first) {
    seen.firsts.push_back(first), seen.sizes.push_back(size);
    if (access.parameter) {
      seen.reaches_memory = seen.reaches_memory && at.parameter == theta.data() + first;
      for (std::size_t i = 0; i < size; ++i) at.parameter[i] += at.gradient[i] + at.slot[0][i];
    }
  });
  return seen;
}

struct Case {
  std::vector<double> theta, gradient, slot, sum;

  explicit Case(std::size_t size) : theta(size), gradient(size), slot(size), sum(size) {
    std::iota(theta.begin(), theta.end(), 0.0), std::iota(gradient.begin(), gradient.end(), 1000.0);
    std::iota(slot.begin(), slot.end(), 5.0);
    for (std::size_t i = 0; i < size; ++i) sum[i] = theta[i] + gradient[i] + slot[i];
  }
};

constexpr std::initializer_list<std::size_t> sizes{1, 1023, 1024, 1025, 2048, 5000};

}  // namespace

TEST_SUITE_BEGIN("blocks");

TEST_CASE("contiguous memory is swept in one call, in place") {
  for (const std::size_t size : sizes) {
    Case now(size);
    const Seen seen = sweep<detail::Access{}>(now.theta, now.gradient, now.slot, false);
    CHECK(seen.sizes == std::vector{size});
    CHECK(seen.reaches_memory);
    CHECK(now.theta == now.sum);
  }
}

TEST_CASE("contiguous memory is swept in blocks on request, still in place") {
  for (const std::size_t size : sizes) {
    Case now(size);
    const Seen seen = sweep<detail::Access{.in_blocks = true}>(now.theta, now.gradient, now.slot, false);
    CHECK(seen.sizes.size() == (size + detail::block_size - 1) / detail::block_size);
    CHECK(seen.total() == size);
    CHECK(seen.reaches_memory);
    CHECK(now.theta == now.sum);
  }
}

TEST_CASE("a walked leaf passes through buffers and is written back") {
  for (const std::size_t size : sizes) {
    Case now(size);
    const Seen seen = sweep<detail::Access{}>(now.theta, now.gradient, now.slot, true);
    CHECK(seen.total() == size);
    CHECK(seen.firsts.back() == (size - 1) / detail::block_size * detail::block_size);
    CHECK_FALSE(seen.reaches_memory);
    CHECK(now.theta == now.sum);
  }
}

TEST_CASE("a sweep that only reads writes nothing back") {
  Case now(3000);
  const auto before = now.theta;
  sweep<detail::Access{.write = false}>(now.theta, now.gradient, now.slot, true);
  CHECK(now.theta == before);
}

TEST_CASE("a parameter that is neither read nor written need not be contiguous") {
  Case now(3000);
  detail::Leaf leaf;
  detail::set_parameter(leaf, now.theta, Order::row_major, true);
  detail::set_gradient<double>(leaf, now.gradient, false);
  std::size_t calls = 0;
  detail::for_each_block<detail::Access{.parameter = false, .write = false}>(
      leaf, detail::Streams<double, double, 0>{}, [&](const auto& at, std::size_t size, std::size_t) {
        ++calls;
        CHECK(size == 3000);
        CHECK(at.gradient == now.gradient.data());
      });
  CHECK(calls == 1);
}

TEST_SUITE_END();
