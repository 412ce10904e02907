// SPDX-License-Identifier: MIT
// Compositions over all forms of tensors: every two features meet, and every feature meets every form, element type and
// direction. The bits must be those of raw memory.
#include "compositions/composed.hpp"
#include "compositions/forms.hpp"
#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/slots.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <type_traits>

using namespace compositions;

namespace {

struct Row {
  int mask;
  Form form;
  bool wide;  // double instead of float
  bool up;

  // The columns: one for each feature, present or not, then form, type and direction.
  constexpr int level(int column) const {
    if (column < support::kind_count) return has(mask, Kind{column});
    const int rest[]{static_cast<int>(form), wide, up};
    return rest[column - support::kind_count];
  }
};

constexpr int column_count = support::kind_count + 3;
constexpr int level_count(int column) { return column == support::kind_count ? form_count : 2; }

constexpr Row cover[]{
    {0b000000010, Form::vector, false, false},       {0b111111101, Form::vector, true, true},
    {0b111100000, Form::xarray, false, false},       {0b000011111, Form::xarray, true, true},
    {0b000100101, Form::xtensor, true, false},       {0b111011110, Form::xtensor, false, true},
    {0b111100011, Form::xtensor, true, true},        {0b111011110, Form::fixed, false, true},
    {0b000100001, Form::fixed, true, false},         {0b100101111, Form::adaptor, false, true},
    {0b011010000, Form::adaptor, true, false},       {0b001011111, Form::view, true, true},
    {0b110100000, Form::view, false, false},         {0b111110001, Form::stepped, true, true},
    {0b000001110, Form::stepped, false, false},      {0b010011100, Form::strided, true, false},
    {0b101100011, Form::strided, false, true},       {0b000111101, Form::column_major, true, true},
    {0b111000010, Form::column_major, false, false},
};

constexpr bool covered(int a, int level_a, int b, int level_b) {
  for (const Row& row : cover)
    if (row.level(a) == level_a && row.level(b) == level_b) return true;
  constexpr int momentum = static_cast<int>(Kind::momentum), nesterov = static_cast<int>(Kind::nesterov);
  return a == momentum && b == nesterov && level_a == 0 && level_b == 1;  // not legal
}

constexpr bool every_pair_covered() {
  for (int a = 0; a < column_count; ++a)
    for (int b = a + 1; b < column_count; ++b)
      for (int level_a = 0; level_a < level_count(a); ++level_a)
        for (int level_b = 0; level_b < level_count(b); ++level_b)
          if (!covered(a, level_a, b, level_b)) return false;
  return true;
}
static_assert(every_pair_covered());

constexpr std::uint64_t steps = 3;

// Parameters and slots after some steps.
template <class T>
struct Outcome {
  std::vector<T> theta = support::parameters<T>(elements);
  std::vector<T> slots{};
};

template <class T>
Outcome<T> raw(const Composition& composition, bool up) {
  Outcome<T> out;
  const auto stepper = composition.make({});
  auto state = stepper->init(std::span<T>(out.theta));
  for (std::uint64_t step = 0; step < steps; ++step) {
    const auto gradient = support::gradient<T>(elements, step);
    stepper->step(up, std::span<T>(out.theta), std::span<const T>(gradient), state);
  }
  out.slots = support::slots<T>(state);
  return out;
}

template <class T, Form F, class Optimizer>
Outcome<T> shaped(const Optimizer& optimizer, bool up) {
  Outcome<T> out;
  with_form<F>(out.theta, [&](auto& theta) {
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < steps; ++step) {
      auto numbers = support::gradient<T>(elements, step);
      with_form<F>(numbers, [&](auto& gradient) {
        if (up) optimizer.ascend(theta, gradient, state);
        else optimizer.descend(theta, gradient, state);
      });
    }
    out.slots = support::slots<T>(state);
  });
  return out;
}

template <Row row>
void compare() {
  using T = std::conditional_t<row.wide, double, float>;
  with_kinds<row.mask>([]<Kind... K>() {
    const Composition* composition = find({K...});
    REQUIRE(composition != nullptr);
    INFO(support::name(composition->kinds), " in form ", static_cast<int>(row.form));
    const auto expected = raw<T>(*composition, row.up);
    const auto out = shaped<T, row.form>(optimizer<K...>({}), row.up);
    CHECK(support::same_bits(out.theta, expected.theta));
    CHECK(support::same_bits(out.slots, expected.slots));
  });
}

}  // namespace

TEST_SUITE_BEGIN("compositions");

TEST_CASE("a pairwise cover over all forms of tensors has the bits of raw memory") {
  []<int... I>(std::integer_sequence<int, I...>) {
    (compare<cover[I]>(), ...);
  }(std::make_integer_sequence<int, std::size(cover)>{});
}

TEST_SUITE_END();
