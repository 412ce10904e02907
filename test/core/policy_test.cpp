// SPDX-License-Identifier: MIT
#include <gradus/core/policy.hpp>

#include <gradus/core/non_finite.hpp>
#include <gradus/core/report.hpp>

#include <doctest/doctest.h>

using namespace gradus;

namespace {

struct Text {
  static constexpr Slot slots[]{{"one"}, {"two", 2.5}};
  static constexpr Name scalars[]{"factor"};
  constexpr std::array<double, 1> at(const Step&) const { return {1}; }
  static constexpr void apply(Record& r, Lane& one, Lane& two, Lane factor) { two = one, r.update = factor * one; }
};

struct Rate {
  constexpr std::array<double, 2> bases() const { return {0.5, 0.25}; }
  constexpr double rate_at(const Step&) const { return 1; }
};

struct Receives {
  static constexpr Writes writes = Writes::received;
  static constexpr bool once = true;
  static constexpr void apply(Record&) {}
};

struct Projects {
  static constexpr void after(Record& r) { r.parameter = abs(r.parameter); }
};

struct Measures : Receives {
  double norm_order() const { return 2; }
};

struct Borrows {
  static constexpr bool borrows = true;
  static constexpr void apply(Record&, auto...) {}
};

struct Guards {
  static constexpr bool guards = true;
  static void found(const NonFinite&) {}
};

struct Watches {
  static bool wants(std::int64_t) { return false; }
  static void report(const Report&) {}
};

// Its text takes one lane too few.
struct Short {
  static constexpr Slot slots[]{{"one"}};
  static constexpr void apply(Record&) {}
};

struct DeclaresNothing {};

static_assert(TextPolicy<Text> && !FactorPolicy<Text> && HasSlots<Text> && HasScalars<Text> && !HasBases<Text>);
static_assert(slot_count<Text> == 2 && scalar_count<Text> == 1 && base_count<Text> == 0);
static_assert(Text::slots[0].first == 0 && Text::slots[1].first == 2.5);
static_assert(FactorPolicy<Rate> && !TextPolicy<Rate> && base_count<Rate> == 2 && slot_count<Rate> == 0);
static_assert(writes_of<Text> == Writes::update && writes_of<Receives> == Writes::received);
static_assert(once_of<Receives> && !once_of<Text>);
static_assert(AfterPolicy<Projects> && !TextPolicy<Projects> && !AfterPolicy<Text>);
static_assert(NormPolicy<Measures> && !NormPolicy<Receives>);
static_assert(BorrowingPolicy<Borrows> && TextPolicy<Borrows> && !BorrowingPolicy<Text>);
static_assert(GuardPolicy<Guards> && !GuardPolicy<Text>);
static_assert(ObservingPolicy<Watches> && !ObservingPolicy<Text>);
static_assert(Policy<Text> && Policy<Rate> && Policy<Receives> && Policy<Projects> && Policy<Measures> &&
              Policy<Borrows> && Policy<Guards> && Policy<Watches>);
static_assert(!Policy<Short> && !Policy<DeclaresNothing> && !Policy<int>);

}  // namespace

TEST_CASE("the value of a norm is the product of its two factors") {
  CHECK(Norm{}.value() == 0);
  CHECK(Norm{4, 0.5}.value() == 2);
}
