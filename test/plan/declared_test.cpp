// SPDX-License-Identifier: MIT
#include <gradus/plan/declared.hpp>

#include "support/laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <tuple>

using namespace gradus;

// What is refused is covered by test/refuse.

namespace {

template <class>
inline constexpr bool all_right = false;
template <class... P>
inline constexpr bool all_right<std::tuple<P...>> = (detail::declared_right<P>() && ...);

/// Takes its arguments as templates may, which no address can be taken of.
struct Generic {
  static constexpr Slot slots[]{{"sum"}};
  static constexpr Name scalars[]{"half"};
  constexpr std::array<double, 1> at(const Step&) const { return {0.5}; }
  static constexpr void apply(auto& r, auto& sum, auto half) { r.update = sum = half * (sum + r.update); }
};

/// Has hyper-parameters and helpers that are called as texts are.
struct Drop {
  std::int64_t after = 100;
  constexpr double rate_at(const Step& step) const { return apply(static_cast<double>(step.count)); }
  constexpr double apply(double count) const { return count < static_cast<double>(after) ? 1 : 0.1; }
};

/// Only reads the record.
struct Watch {
  static constexpr Slot slots[]{{.name = "average", .from_parameter = true}};
  static constexpr void after(const Record& r, Lane& average) { average += 0.5 * (r.parameter - average); }
};

/// Is told a norm by `next`, and uses what it kept.
struct NormKept {
  static constexpr Name kept[]{"n"};
  static constexpr Name scalars[]{"n"};
  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> start() const { return {0}; }
  constexpr std::array<double, 1> next(const Step&, const Norm& norm) const { return {norm.value()}; }
  constexpr std::array<double, 1> at(const Step& step, const Norm&) const { return {step.now[0]}; }
  static constexpr void apply(Record& r, Lane n) { r.update = r.update / n; }
};

// Members that lack their const, one each.
struct LooseFirst {
  std::array<double, 1> first();
};
struct LooseBases {
  std::array<double, 1> bases();
};
struct LooseStart {
  std::array<double, 1> start();
};
struct LooseOrder {
  double norm_order();
};
struct LooseGathers {
  bool gathers(double);
};
struct LooseRate {
  double rate_at(const Step&);
};
struct LooseAt {
  std::array<double, 1> at(const Step&);
};
struct LooseNext {
  std::array<double, 1> next(const Step&);
};
struct LooseCounted {
  double counted_rate(const Step&);
};
struct LooseLate {
  std::array<double, 1> late(double);
};
struct LoosePeriod {
  std::int64_t period();
};
struct LooseAverage {
  double average(double, double);
};
struct LooseWants {
  bool wants(std::int64_t);
};
struct LooseFreezes {
  bool freezes(const LeafInfo&);
};
template <class... P>
constexpr bool all_loose = (detail::some_not_const<P>() && ...);

/// Its text behind p + u works on a copy of the record.
struct CopiedBehind {
  static constexpr void apply(Record& r) { r.update = 2 * r.update; }
  static constexpr void after(Record r) { r.parameter = 2 * r.parameter; }
};

/// Its text takes a lane too few.
struct ShortBehind {
  static constexpr Name scalars[]{"half"};
  static constexpr void apply(Record& r, Lane half) { r.update = half * r.update; }
  static constexpr void after(Record& r) { r.parameter = 2 * r.parameter; }
};

/// Has a hyper-parameter that is called as a text is.
struct Late {
  double after = 2;
  static constexpr void apply(Record& r) { r.update = 2 * r.update; }
};

}  // namespace

TEST_SUITE_BEGIN("declared");

TEST_CASE("every member that the engine calls must be const") {
  static_assert(all_loose<LooseFirst, LooseBases, LooseStart, LooseOrder, LooseGathers, LooseRate, LooseAt, LooseNext,
                          LooseCounted, LooseLate, LoosePeriod, LooseAverage, LooseWants, LooseFreezes>);
  static_assert(!detail::some_not_const<NormKept>() && !detail::some_not_const<Drop>());
}

TEST_CASE("a text takes the record by reference and every lane, but a hyper-parameter may have its name") {
  static_assert(detail::takes_else<CopiedBehind>() && detail::takes_else<ShortBehind>());
  static_assert(!detail::takes_else<Late>() && !detail::takes_else<NormKept>() && !detail::takes_else<Watch>());
}

TEST_CASE("every policy of the library is complete") { static_assert(all_right<support::AllPolicies>); }

TEST_CASE("texts may be templates, and a norm may be told to next alone") {
  static_assert(detail::declared_right<Generic>() && detail::declared_right<NormKept>());
  static_assert(detail::declared_right<Drop>() && detail::declared_right<Watch>());
  double theta = 0;
  const Optimizer optimizer{NormKept{}};
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, 4.0, state);
  CHECK(theta == 1);
}
