// SPDX-License-Identifier: MIT
#pragma once

#ifdef slots
#error "gradus: slots is a macro here, as in Qt; define QT_NO_KEYWORDS, or include gradus before Qt"
#endif

#include <gradus/core/draw.hpp>
#include <gradus/core/limit.hpp>
#include <gradus/core/record.hpp>
#include <gradus/core/says.hpp>
#include <gradus/core/square_root.hpp>
#include <gradus/core/stand_in.hpp>
#include <gradus/core/step.hpp>
#include <gradus/core/sums.hpp>
#include <gradus/core/type_name.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

namespace gradus {

// What a policy is. Everything but its hyper-parameters is optional. Its functions are const or static, and answer for
// any step: whether a composition grows is judged at late ones, when it is made.
//
//   double rate = 0.01;                                  hyper-parameters: plain members, with defaults
//   static constexpr auto limits = Limits{...};          the values they may have; see limit.hpp
//
//   static constexpr Slot slots[]{{"velocity"}};         what it keeps per element
//   std::array<double, 1> first() const;                 its first values, if hyper-parameters determine them
//   static constexpr Name scalars[]{"factor"};           what it computes once per step, in double, by `at`;
//   std::array<double, 1> at(const Step&) const;         one without a name is a part of the one before it
//   static constexpr void apply(Record&, Lane& slot..., Lane scalar...);      the text
//   static constexpr void after(Record&, Lane& slot..., Lane scalar...);      the same behind p + u: writes parameter
//   static constexpr Writes writes = Writes::received;   default: update
//   std::array<double, 1> bases() const;                 numbers whose powers it needs; see Step
//   static constexpr Name kept[]{"n <- n + 1"};          numbers that it keeps per leaf; a factor's are the run's
//   std::array<double, 1> start() const;                 their first values
//   std::array<double, 1> next(const Step&) const;       their values in this step, computed before `at`
//   std::array<double, 1> late(double count) const;      their values after very many steps, if not the first ones
//   std::int64_t period() const;                         after how many late steps its scalars repeat, if > 1
//   static constexpr bool per_run = true;                bases and kept numbers are the run's, whatever the leaf
//   static constexpr bool by_leaf = true;                `at` is asked for each leaf, which it finds in Step::of
//
//   double rate_at(const Step&) const;                   instead of a text: a factor of the update. Adjacent ones fold.
//   static constexpr Name factor_name = "rate";          how `explain` writes it
//   double counted_rate(const Step&) const;              for a text that is a factor: it counts in the rate in force
//
//   double norm_order() const;                                asks for the norm of what it receives; `at` becomes
//   std::array<double, 1> at(const Step&, const Norm&) const;     and so may `next`
//
//   static constexpr Name sums[]{"u^2"};                 asks for sums over all elements, up to four; `at` becomes
//   std::array<double, 1> at(const Step&, const Sums&) const;     and so may `next`
//   static constexpr std::array<Term, 1> terms(const Record&, Lane slot...);      what is summed, of what it receives
//                                                        and of slots as they were;
//                                                        behind p + u, if it acts only there
//   static constexpr bool per_leaf = true;               over each leaf instead;
//   static constexpr Name settles[]{"tau"};              numbers it computes from a leaf's sums; `at` finds them
//   bool settle(const double* sum, double* number) const;    behind the sums. Until it returns true, sums of
//                                                        terms(record, slot..., scalar...) are taken; all start at 0
//
//   static constexpr Name emits[]{"g m"};                sums over all elements of what its text puts into `emitted`,
//   std::array<double, 1> next(const Step&, const Sums&) const;   taken by the pass that writes, then given to `next`:
//                                                        what it keeps is the run's, and `at` sees it a step later
//
//   bool gathers(double gathered) const;                 whether this call only gathers, given how many did since the
//   static constexpr void gather(Record&, Lane& slot..., Lane scalar...);         last step: its first kept number,
//                                                        which such calls count up. In such a call this is its
//                                                        text, with drawn numbers too; other policies rest
//
//   static constexpr Name draws[]{"n"};                  numbers drawn anew for each element in each step, by
//   void draw(const Draw&, std::size_t size, float* to) const;                    this, also for doubles; its text
//                                                        gets them behind its scalars. With GRADUS_DEVICE in front,
//                                                        a GPU's threads draw them too
//
//   static constexpr bool asks_value = true;             a step must be given the objective's `Value`; see Step
//
//   static constexpr bool borrows = true;                the text also gets slots and scalars of the policy before it
//   template <class Before> static constexpr bool place();   static_asserts on its place in the order
//   double average(double parameter, double slot) const;      an element's average, for `averages`, by its first slot
//   static constexpr bool momentum = true;               its first slot and scalar are a velocity and its factor
//   static constexpr bool once = true;                   using it twice has no meaning
//   static constexpr bool cancels_scale = true;          a factor in front of it does nothing or seems to: refused
//   static constexpr bool ends = true;                   nothing behind it changes the update
//   static constexpr bool closes = true;                 it defines where the parameter ends: as `ends`, and nothing
//                                                        moves the parameter behind p + u
//   static constexpr bool every_leaf = true;             a step without a gradient for some leaf is refused
//   static constexpr bool exact = true;                  it sets the parameter behind p + u: nothing moves it
//                                                        afterwards
//   static constexpr bool estimates = true;              its text sets `square`, for a divisor behind it;
//   static constexpr bool refines = true;                its text changes `square`;
//   static constexpr bool divides = true;                its text uses up `square`, or, if it estimates too, its own
//   static constexpr bool timeless = true;               a factor that is the same in every step
//   static constexpr bool grows = true;                  the composition may grow where the gradient is 0
//   static constexpr bool guards = true;                 asks whether the incoming gradient is finite;
//   void found(const NonFinite&) const;                  called if it is not: refuses, or returns to skip the step
//   bool wants(std::int64_t step) const;                 whether it looks at a step;
//   void report(const Report&) const;                    called after such a step
//   bool freezes(const LeafInfo&) const;                 whether a leaf stays as it is

/// A list of policies: `place` gets those in front as one.
template <class... P>
struct Policies {};

template <class P>
concept HasSlots = requires { std::size(P::slots); };
template <class P>
concept HasScalars = requires { std::size(P::scalars); };
template <class P>
concept HasBases = requires(const P& p) { p.bases(); };
template <class P>
concept HasKept = requires { std::size(P::kept); };
/// Its update is multiplied by one number per step.
template <class P>
concept FactorPolicy = requires(const P& p, const Step& step) {
  { p.rate_at(step) } -> std::convertible_to<double>;
};

/// The rate in force counts it, as a factor or as a text that is one.
template <class P>
concept RatedPolicy = FactorPolicy<P> || requires(const P& p, const Step& step) {
  { p.counted_rate(step) } -> std::convertible_to<double>;
};

/// It must look at the norm of what it receives before the pass.
template <class P>
concept NormPolicy = requires(const P& p) {
  { p.norm_order() } -> std::convertible_to<double>;
};

/// It reads slots and scalars of the policy directly before it.
template <class P>
concept BorrowingPolicy = requires { requires P::borrows; };

/// It asks whether the incoming gradient is finite before anything is written.
template <class P>
concept GuardPolicy = requires {
  requires std::same_as<decltype(P::guards), const bool>;  // what an optimizer answers is a function
  requires P::guards;
};

/// It looks at some steps, and changes nothing.
template <class P>
concept ObservingPolicy = requires(const P& p, std::int64_t step) {
  { p.wants(step) } -> std::convertible_to<bool>;
};

/// It may use a call to gather, which then takes no step.
template <class P>
concept GatheringPolicy = requires(const P& p) {
  { p.gathers(1.0) } -> std::convertible_to<bool>;
};

template <class P>
inline constexpr std::size_t slot_count = 0;
template <HasSlots P>
inline constexpr std::size_t slot_count<P> = std::size(P::slots);

template <class P>
inline constexpr std::size_t scalar_count = 0;
template <HasScalars P>
inline constexpr std::size_t scalar_count<P> = std::size(P::scalars);

/// How many lanes a text reads besides slots.
template <class P>
inline constexpr std::size_t given_count = scalar_count<P> + draw_count<P>;

template <class P>
inline constexpr std::size_t base_count = 0;
template <HasBases P>
inline constexpr std::size_t base_count<P> = std::tuple_size_v<decltype(std::declval<const P&>().bases())>;

template <class P>
inline constexpr std::size_t kept_count = 0;
template <HasKept P>
inline constexpr std::size_t kept_count<P> = std::size(P::kept);

/// Whether its powers and kept numbers belong to the run, not to a leaf.
template <class P>
inline constexpr bool per_run_of = FactorPolicy<P>;
template <class P>
  requires requires { P::per_run; }
inline constexpr bool per_run_of<P> = P::per_run;

template <class P>
inline constexpr Writes writes_of = Writes::update;
template <class P>
  requires requires { P::writes; }
inline constexpr Writes writes_of<P> = P::writes;

namespace detail {

// One lane per index, to spell a text's argument list.
template <std::size_t>
using LaneAt = Lane;

template <class P, class Slots = std::make_index_sequence<slot_count<P>>,
          class Given = std::make_index_sequence<given_count<P>>>
inline constexpr bool takes_apply = false;
template <class P, std::size_t... S, std::size_t... C>
inline constexpr bool takes_apply<P, std::index_sequence<S...>, std::index_sequence<C...>> =
    requires(Record& r, LaneAt<S>&... slot, LaneAt<C>... given) { P::apply(r, slot..., given...); };

template <class P, class Slots = std::make_index_sequence<slot_count<P>>,
          class Given = std::make_index_sequence<given_count<P>>>
inline constexpr bool takes_after = false;
template <class P, std::size_t... S, std::size_t... C>
inline constexpr bool takes_after<P, std::index_sequence<S...>, std::index_sequence<C...>> =
    requires(Record& r, LaneAt<S>&... slot, LaneAt<C>... given) { P::after(r, slot..., given...); };

}  // namespace detail

/// It has a text: `apply` takes the record, one `Lane&` per slot and one `Lane` per scalar.
template <class P>
concept TextPolicy = BorrowingPolicy<P> || detail::takes_apply<P>;

/// It has a text that acts behind p + u.
template <class P>
concept AfterPolicy = detail::takes_after<P>;

/// It acts only behind p + u: its sums are taken there, and its rate in force is the product of all factors.
template <class P>
inline constexpr bool behind_apply = AfterPolicy<P> && !TextPolicy<P>;

/// A feature of the update: a factor, a text, a guard, an observer; what freezes leaves, or watches another policy.
template <class P>
concept Policy = FactorPolicy<P> || TextPolicy<P> || AfterPolicy<P> || GuardPolicy<P> || ObservingPolicy<P> ||
                 FreezingPolicy<P> || WatchedPolicy<P>;

}  // namespace gradus
