// SPDX-License-Identifier: MIT
#include <gradus/compose/text_marks.hpp>

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
  static_assert(text_marks<Momentum>.writes && !text_marks<Momentum>.forgets && !text_marks<Momentum>.moves);
  static_assert(text_marks<AveragedMomentum>.writes);
  static_assert(!text_marks<Clip>.writes && !text_marks<ClipNorm>.writes);  // they change what is received
  static_assert(!text_marks<SignedSquare>.writes);
  static_assert(text_marks<Resilient>.forgets);
  static_assert(text_marks<Nesterov>.writes && text_marks<Normalize>.writes && !text_marks<Normalize>.forgets);
  static_assert(text_marks<Box>.moves && text_marks<Lookahead>.moves && !text_marks<TailAverage>.moves);
  static_assert(!text_marks<LearningRate>.writes && !text_marks<SkipNonFinite>.writes);
}

TEST_CASE("what is written where nobody reads it is lost") {
  static_assert(text_marks<WritesBehind>.moves && text_marks<WritesBehind>.loses);
  static_assert(text_marks<Squares>.loses);
  static_assert(!text_marks<MeanSquare>.loses && !text_marks<Momentum>.loses && !text_marks<Box>.loses);
}

TEST_CASE("a slot must be written, or start with something to read") {
  static_assert(!text_marks<Reads<0>>.keeps && !text_marks<HalfKept>.keeps);
  static_assert(text_marks<Reads<1>>.keeps && text_marks<Reads<0, true>>.keeps && text_marks<FirstSaid>.keeps);
  static_assert(text_marks<Given>.keeps);
  static_assert(text_marks<Momentum>.keeps && text_marks<TailAverage>.keeps && text_marks<Accumulate>.keeps);
  static_assert(text_marks<decltype(when(Every{2}, Momentum{}))>.keeps);
}
