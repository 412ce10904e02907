// SPDX-License-Identifier: MIT
// Compares every composition with a plain reference, one step at a time.
#include "compositions/registry.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"
#include "support/slots.hpp"

#include <gradus/backend/simd.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace compositions;
using support::Reference;

namespace {

template <class T>
using Wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

// The reference starts each step from the library's values, so that only one step's roundings count.
template <class T, class R>
void synchronise(Reference<R>& reference, const std::vector<T>& theta, const gradus::State& state) {
  reference.parameter.assign(theta.begin(), theta.end());
  reference.slots.clear();
  support::for_each_slot<T>(
      state, [&](std::span<const T> values) { reference.slots.emplace_back(values.begin(), values.end()); });
  reference.power = static_cast<R>(support::power(state));
}

template <class T, class R>
bool agree(const Reference<R>& reference, const std::vector<T>& theta, const gradus::State& state) {
  bool good = true;
  for (std::size_t i = 0; i < theta.size(); ++i) good &= support::close(theta[i], reference.parameter[i]);
  std::size_t slot = 0;
  support::for_each_slot<T>(state, [&](std::span<const T> values) {
    for (std::size_t i = 0; i < values.size(); ++i) good &= support::close(values[i], reference.slots[slot][i]);
    ++slot;
  });
  return good && slot == reference.slots.size();
}

template <class T>
bool follows_reference(const Composition& composition, const Values& values, bool up, std::size_t size, int steps) {
  using R = Wider<T>;
  const auto stepper = composition.make(values);
  auto theta = support::parameters<T>(size, size + 1);
  auto state = stepper->init(std::span<T>(theta));
  Reference<R> reference(composition.kinds, values);
  for (int step = 0; step < steps; ++step) {
    synchronise(reference, theta, state);
    const auto gradient = support::gradient<T>(size, 100 * size + static_cast<std::size_t>(step));
    reference.take({gradient.begin(), gradient.end()}, up ? 1 : -1);
    stepper->step(up, std::span<T>(theta), std::span<const T>(gradient), state);
    if (!agree(reference, theta, state)) {
      FAIL_CHECK(support::name(composition.kinds), up ? std::string(" up") : " down", ", ", sizeof(T) * 8,
                 " bits, size ", size, ", step ", step + 1);
      return false;
    }
  }
  return true;
}

// From 0 to four registers plus 3, and a few large sizes.
template <class T>
std::vector<std::size_t> sizes() {
  std::vector<std::size_t> all{127, 128, 1000, 4097};
  for (std::size_t size = 0; size <= 4 * xsimd::batch<T>::size + 3; ++size) all.push_back(size);
  return all;
}

// Runs compositions with the given sizes and steps. Returns how many matched the reference in both directions.
template <class T>
std::size_t count_agreeing(const Values& values, const std::vector<std::size_t>& all, int steps) {
  std::size_t agreeing = 0;
  for (const Composition& composition : registry()) {
    bool good = true;
    for (const std::size_t size : all)
      for (const bool up : {true, false}) good = good && follows_reference<T>(composition, values, up, size, steps);
    agreeing += good;
  }
  return agreeing;
}

}  // namespace

TEST_SUITE_BEGIN("compositions");

TEST_CASE("all legal subsets and other orders are here, each once") {
  CHECK(registry().size() == legal_count + order_count);
  for (const Composition& composition : registry()) CHECK(find(composition.kinds) == &composition);
}

TEST_CASE_TEMPLATE("every composition follows the reference", T, float, double) {
  CHECK(count_agreeing<T>({}, sizes<T>(), 3) == legal_count + order_count);
}

TEST_CASE_TEMPLATE("every composition matches the reference over 64 steps", T, float, double) {
  CHECK(count_agreeing<T>({}, {7}, 64) == legal_count + order_count);
}

TEST_CASE_TEMPLATE("norms of other orders match the reference", T, float, double) {
  for (const double order : {1.0, 1.5, 3.0, std::numeric_limits<double>::infinity()})
    CHECK(count_agreeing<T>({.norm = 1, .order = order, .norm_epsilon = 0}, {70}, 2) == legal_count + order_count);
}

TEST_SUITE_END();
