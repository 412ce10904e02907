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

/// Its update is the one that it received a step ago.
struct Delays {
  static constexpr Slot slots[]{{"last"}};
  static constexpr void apply(Record& r, Lane& last) {
    const Lane before = last;
    last = r.update, r.update = before;
  }
};

/// What it receives goes into an estimate alone.
struct EstimatesUpdate {
  static constexpr bool estimates = true;
  static constexpr void apply(Record& r) { r.square = r.update * r.update, r.update = r.gradient; }
};

/// What it receives goes into a sum for its next step alone.
template <bool First>
struct EmitsUpdate {
  static constexpr Name emits[]{"g u"};
  static constexpr void apply(Record& r) {
    r.emitted[0] = First ? Term{r.update, r.gradient} : Term{r.gradient, r.update};
    r.update = 2 * r.gradient;
  }
};

/// LooksAtUpdate at the norm of what it receives, and begins with the gradient again.
struct NormedGradient {
  static constexpr Name scalars[]{"norm"};
  constexpr double norm_order() const { return 2; }
  constexpr std::array<double, 1> at(const Step&, const Norm& norm) const { return {norm.value()}; }
  static constexpr void apply(Record& r, Lane norm) { r.update = r.gradient / norm; }
};

/// The same by a sum.
struct SummedGradient {
  static constexpr Name sums[]{"u^2"};
  static constexpr Name scalars[]{"sum"};
  constexpr std::array<double, 1> at(const Step&, const Sums& sum) const { return {sum[0]}; }
  static constexpr std::array<Term, 1> terms(const Record& r) { return {{{r.update, r.update}}}; }
  static constexpr void apply(Record& r, Lane sum) { r.update = r.gradient / sum; }
};

/// LooksAtUpdate, and leaves the update as it is.
struct LooksAtUpdate : SummedGradient {
  static constexpr void apply(Record&, Lane) {}
};

/// Changes the gradient that it received, in both of its places or in one.
template <bool Both>
struct GradientChanged {
  static constexpr Writes writes = Writes::received;
  static constexpr void apply(Record& r) {
    r.gradient = 2 * r.gradient;
    if (Both) r.update = r.gradient;
  }
};

struct UsesUp {
  static constexpr bool divides = true;
  static constexpr void apply(Record& r) { r.update = r.update / r.square, r.square = r.gradient; }
};

struct GradientBehind {
  static constexpr void after(Record& r) { r.parameter = r.parameter * 2, r.gradient = r.gradient * 2; }
};

struct SquaresAndMoves : Squares {
  static constexpr void after(Record& r) { r.parameter = r.parameter * 2; }
};

/// Writes its slot in one text, and reads it in the other.
struct WritesFirst {
  static constexpr Slot slots[]{{"last"}};
  static constexpr void apply(Record& r, Lane& last) { last = r.update; }
  static constexpr void after(Record& r, Lane& last) { r.parameter = max(r.parameter, last); }
};

}  // namespace

TEST_SUITE_BEGIN("text marks");

TEST_CASE("an update that went into a slot, an estimate, a sum or a norm is not forgotten") {
  static_assert(!detail::text_marks<Delays>.forgets && !detail::text_marks<EstimatesUpdate>.forgets);
  static_assert(!detail::text_marks<EmitsUpdate<true>>.forgets && !detail::text_marks<EmitsUpdate<false>>.forgets);
  static_assert(!detail::text_marks<NormedGradient>.forgets && !detail::text_marks<SummedGradient>.forgets);
  static_assert(detail::text_marks<NormedGradient>.writes && detail::text_marks<LooksAtUpdate>.writes);
}

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
  static_assert(detail::text_marks<GradientChanged<false>>.loses && !detail::text_marks<GradientChanged<true>>.loses);
  static_assert(!detail::text_marks<UsesUp>.loses && !detail::text_marks<EpsilonInRoot>.loses);
  static_assert(detail::text_marks<GradientBehind>.loses && detail::text_marks<SquaresAndMoves>.loses);
}

TEST_CASE("a slot must be written, or start with something to read") {
  static_assert(!detail::text_marks<Reads<0>>.keeps && !detail::text_marks<HalfKept>.keeps);
  static_assert(detail::text_marks<Reads<1>>.keeps && detail::text_marks<Reads<0, true>>.keeps &&
                detail::text_marks<FirstSaid>.keeps);
  static_assert(detail::text_marks<Given>.keeps && detail::text_marks<WritesFirst>.keeps);
  static_assert(detail::text_marks<Momentum>.keeps && detail::text_marks<TailAverage>.keeps &&
                detail::text_marks<Accumulate>.keeps);
  static_assert(detail::text_marks<decltype(when(Every{2}, Momentum{}))>.keeps);
}
