// SPDX-License-Identifier: MIT
#include <gradus/plan/text_marks.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>

using namespace gradus;

namespace {

/// Reads a slot that it never writes.
template <int First, bool FromParameter = false>
struct Reads {
  static constexpr Slot slots[]{{"kept", First, FromParameter}};
  static constexpr void apply(Record& r, Lane kept) { r.update = r.update + kept; }
};

/// Reads what the user writes into its slot.
struct Given {
  static constexpr Slot slots[]{{.name = "prior", .given = true}};
  static constexpr void apply(Record& r, Lane prior) { r.update = r.update - 0.1 * (r.parameter - prior); }
};

struct FirstSaid : Reads<0> {
  constexpr std::array<double, 1> first() const { return {2}; }
};

/// Writes one of its two slots.
struct HalfKept {
  static constexpr Slot slots[]{{"a"}, {"b"}};
  static constexpr void apply(Record& r, Lane& a, Lane b) { r.update = a = r.update + b; }
};

struct WritesBehind {
  static constexpr void after(Record& r) { r.parameter = r.parameter * 2, r.update = r.update * 2; }
};

struct Squares {
  static constexpr void apply(Record& r) { r.square = r.update * r.update; }
};

}  // namespace

TEST_SUITE_BEGIN("text marks");

TEST_CASE("texts write or forget the update, and move the parameter") {
  static_assert(detail::text_marks<Momentum>.writes && !detail::text_marks<Momentum>.forgets &&
                !detail::text_marks<Momentum>.moves);
  static_assert(detail::text_marks<AveragedMomentum>.writes);
  static_assert(!detail::text_marks<Clip>.writes &&
                !detail::text_marks<ClipNorm>.writes);  // they change what is received
  static_assert(!detail::text_marks<SignedSquare>.writes);
  static_assert(detail::text_marks<Resilient>.forgets);
  static_assert(detail::text_marks<Nesterov>.writes && detail::text_marks<Normalize>.writes &&
                !detail::text_marks<Normalize>.forgets);
  static_assert(detail::text_marks<Box>.moves && detail::text_marks<Lookahead>.moves &&
                !detail::text_marks<TailAverage>.moves);
  static_assert(!detail::text_marks<LearningRate>.writes && !detail::text_marks<SkipNonFinite>.writes);
}

TEST_CASE("what is written where nobody reads it is lost") {
  static_assert(detail::text_marks<WritesBehind>.moves && detail::text_marks<WritesBehind>.loses);
  static_assert(detail::text_marks<Squares>.loses);
  static_assert(!detail::text_marks<MeanSquare>.loses && !detail::text_marks<Momentum>.loses &&
                !detail::text_marks<Box>.loses);
}

TEST_CASE("a slot must be written, or start with something to read") {
  static_assert(!detail::text_marks<Reads<0>>.keeps && !detail::text_marks<HalfKept>.keeps);
  static_assert(detail::text_marks<Reads<1>>.keeps && detail::text_marks<Reads<0, true>>.keeps &&
                detail::text_marks<FirstSaid>.keeps);
  static_assert(detail::text_marks<Given>.keeps);
  static_assert(detail::text_marks<Momentum>.keeps && detail::text_marks<TailAverage>.keeps &&
                detail::text_marks<Accumulate>.keeps);
  static_assert(detail::text_marks<decltype(when(Every{2}, Momentum{}))>.keeps);
}
