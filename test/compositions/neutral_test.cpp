// SPDX-License-Identifier: MIT
// Laws for whole compositions: a neutral policy is as good as absent, and zero gradients give no update.
#include "compositions/registry.hpp"
#include "support/bits.hpp"
#include "support/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace compositions;

namespace {

constexpr std::size_t size = 37;

// The parameters after a few steps.
template <class T>
std::vector<T> climb(const Composition& composition, const Values& values) {
  const auto stepper = composition.make(values);
  auto theta = support::parameters<T>(size);
  auto state = stepper->init(std::span<T>(theta));
  for (std::uint64_t step = 0; step < 6; ++step) {
    const auto gradient = support::gradient<T>(size, step);
    stepper->step(step % 3 != 2, std::span<T>(theta), std::span<const T>(gradient), state);
  }
  return theta;
}

Kinds without(Kinds kinds, Kind kind) {
  std::erase(kinds, kind);
  return kinds;
}

bool is_factor(Kind kind) { return kind == Kind::learning_rate || kind == Kind::warmup || kind == Kind::decay; }

// Whether removing this kind makes two factors neighbours: then they fold, and round once instead of
// twice.
bool keeps_factors_apart(const Kinds& kinds, Kind kind) {
  const auto at = std::ranges::find(kinds, kind);
  return !is_factor(kind) && at != kinds.begin() && at + 1 != kinds.end() && is_factor(at[-1]) && is_factor(at[1]);
}

// A policy with a neutral parameter changes nothing. Returns whether there is a composition without it to compare with.
template <class T>
bool compared_with_absence(const Composition& composition, Kind kind) {
  const Values values = support::neutral({}, kind);
  const Composition* shorter = find(without(composition.kinds, kind));
  if (shorter == nullptr || keeps_factors_apart(composition.kinds, kind)) return false;
  if (!support::same_bits(climb<T>(composition, values), climb<T>(*shorter, values)))
    FAIL_CHECK(support::name(composition.kinds), " is not ", support::name(shorter->kinds));
  return true;
}

template <class T>
bool stays(const Composition& composition, T zero) {
  const bool decays = std::ranges::count(composition.kinds, Kind::weight_decay) != 0;
  const auto stepper = composition.make({});
  auto theta = decays ? std::vector<T>(size) : support::parameters<T>(size);
  const auto before = theta;
  auto state = stepper->init(std::span<T>(theta));
  const std::vector<T> gradient(size, zero);
  for (int step = 0; step < 4; ++step)
    for (const bool up : {true, false}) stepper->step(up, std::span<T>(theta), std::span<const T>(gradient), state);
  return theta == before;
}

}  // namespace

TEST_SUITE_BEGIN("compositions");

TEST_CASE_TEMPLATE("a neutral parameter equals absence, bit for bit", T, float, double) {
  std::size_t compared = 0;
  for (const Composition& composition : registry())
    for (int kind = 0; kind < support::kind_count; ++kind) {
      if (std::ranges::count(composition.kinds, Kind{kind}) == 0 || Kind{kind} == Kind::adaptive) continue;
      compared += compared_with_absence<T>(composition, Kind{kind});
    }
  CHECK(compared > 1400);
}

TEST_CASE_TEMPLATE("a zero gradient and a zero state give exactly no update", T, float, double) {
  for (const Composition& composition : registry())
    for (const T zero : {T(0), T(-0.0)})
      if (!stays<T>(composition, zero)) FAIL_CHECK(support::name(composition.kinds), " moves");
}

TEST_SUITE_END();
