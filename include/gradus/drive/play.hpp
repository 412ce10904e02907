// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/finite.hpp>
#include <gradus/core/refuse.hpp>
#include <gradus/core/value.hpp>
#include <gradus/drive/gradient_norm.hpp>
#include <gradus/drive/maximize.hpp>
#include <gradus/drive/player.hpp>
#include <gradus/drive/snapshot.hpp>
#include <gradus/drive/stop.hpp>
#include <gradus/parameters/leaves.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <ostream>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradus {

/// In which order the players of a game move.
enum class Moves {
  simultaneous,   ///< all at once, each by its gradient at the point where all stand
  alternating,    ///< one after the other, each by its gradient at the point that those before it left
  extragradient,  ///< all step ahead (observers see it too), return, and step by their gradients from there
};

/// Where a game ended: the players' parameters hold this point.
template <std::size_t N>
struct PlayResult {
  std::array<double, N> values{};  ///< the players' payoffs
  std::int64_t steps = 0;          ///< asked of every player, including those that a policy skipped
  double gradient_norm = 0;        ///< Euclidean, over all players
  Stop reason = Stop::steps;

  /// One line; `<<` writes the same.
  std::string str() const {
    std::string all;
    for (const double value : values) all += (all.empty() ? "values " : ", ") + detail::text(value);
    return all + " after " + std::to_string(steps) + " steps, gradient norm " + detail::text(gradient_norm) +
           "; stopped by the " + name_of(reason);
  }
  friend std::ostream& operator<<(std::ostream& out, const PlayResult& result) { return out << result.str(); }
};

namespace detail {

template <Moves M, class... P>
class Game {
 public:
  explicit Game(const DriveOptions& options, P&... players)
      : stops_(options), players_(players...), gradients_(players.theta...) {
    std::apply([](auto&... gradient) { (gradus::unset(gradient), ...); }, gradients_);
    check_apart(std::array{addresses(players.theta)...}, "parameters");
    check_apart(std::array{Addresses{std::addressof(players.state)}...}, "state");
  }

  PlayResult<sizeof...(P)> run() { return run(std::index_sequence_for<P...>{}); }

 private:
  using Result = PlayResult<sizeof...(P)>;

  // Undoes a round, unless it is whole.
  struct Round {
    Game& game;
    bool whole = false;
    ~Round() {
      if (!whole) game.restore(std::index_sequence_for<P...>{});
    }
  };

  using Addresses = std::vector<const void*>;

  // Where the elements of all leaves begin.
  template <class Theta>
  static Addresses addresses(Theta& theta) {
    Addresses all;
    for_each_leaf(theta, no_gradient, [&](const Path&, auto& tensor, const NoGradient&) {
      using Traits = tensor_traits<std::remove_cvref_t<decltype(tensor)>>;
      if (gradus::size_of(tensor) == 0) return;
      const void* first = Traits::data(tensor, gradus::order_of(tensor));
      all.push_back(first ? first : std::addressof(tensor));
    });
    return all;
  }

  static void check_apart(const std::array<Addresses, sizeof...(P)>& all, const char* what) {
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        for (const void* address : all[i])
          if (std::find(all[k].begin(), all[k].end(), address) != all[k].end())
            refuse({"players ", k + 1, " and ", i + 1, " have the same ", what, "; give each its own"});
  }

  template <std::size_t... I>
  Result run(std::index_sequence<I...> all) {
    Result here;
    for (std::int64_t taken = 0, moves = count_moves();; ++taken) {
      bool finite = true;
      ((finite = look<I>() && finite), ...);
      if (!finite && taken != 0) return restore(all), stopped(here, Stop::non_finite);
      const double change = moves == count_moves() ? std::numeric_limits<double>::infinity()
                                                   : std::max({std::abs(values_[I] - here.values[I])...});
      moves = count_moves();
      here = {values_, taken, norm(), Stop::steps};
      if (!finite) return stopped(here, Stop::non_finite);
      if (const auto reason = stops_.at({taken, values_[0], here.gradient_norm, 0, values_}, change))
        return stopped(here, *reason);

      (points_[I].take(std::get<I>(players_).theta), ...);
      ((std::get<I>(states_) = std::get<I>(players_).state), ...);
      Round round{*this};
      if (!move(all)) return stopped(here, Stop::non_finite);
      round.whole = true;
    }
  }

  static Result stopped(Result at, Stop reason) { return at.reason = reason, at; }

  // Moves all players; false where one of them met what is not finite.
  template <std::size_t... I>
  bool move(std::index_sequence<I...> all) {
    if constexpr (M == Moves::alternating) {
      return (((I == 0 || look<I>()) && step<I>()) && ...);
    } else if constexpr (M == Moves::extragradient) {
      (step<I>(), ...);
      if (!(look<I>() && ...)) return false;
      restore(all);
    }
    return (step<I>() && ...);
  }

  // The payoff of player I and its gradient where all stand; false where they are not finite.
  template <std::size_t I>
  bool look() {
    auto& player = std::get<I>(players_);
    auto& gradient = std::get<I>(gradients_);
    using S = std::remove_cvref_t<decltype(player.state)>;
    values_[I] = std::apply(
        [&](const auto&... all) { return payoff_and_gradient(player.payoff, gradient, std::as_const(all.theta)...); },
        players_);
    norms_[I] = gradus::gradient_norm<typename storage_of<S>::gradients>(player.theta, gradient);
    return is_finite(values_[I]) && (player.optimizer.guards() || is_finite(norms_[I]));
  }

  template <std::size_t I>
  bool step() {
    auto& player = std::get<I>(players_);
    const auto& gradient = std::get<I>(gradients_);
    if constexpr (std::remove_cvref_t<decltype(player)>::climbs)
      player.optimizer.ascend(player.theta, gradient, player.state, Value{values_[I]});
    else player.optimizer.descend(player.theta, gradient, player.state, Value{values_[I]});
    return true;
  }

  template <std::size_t... I>
  void restore(std::index_sequence<I...>) {
    (points_[I].restore(std::get<I>(players_).theta), ...);
    ((std::get<I>(players_).state = std::get<I>(states_)), ...);
  }

  // Steps taken, by all players: no more of them where all skipped theirs.
  std::int64_t count_moves() const {
    return std::apply([](const auto&... player) { return (player.state.step() + ...); }, players_);
  }

  double norm() const {
    double sum = 0;
    for (const double one : norms_) sum = std::hypot(sum, one);
    return sum;
  }

  const Stops stops_;
  std::tuple<P&...> players_;
  std::tuple<std::remove_cvref_t<decltype(P::theta)>...> gradients_;
  std::array<double, sizeof...(P)> values_{}, norms_{};
  std::array<Snapshot, sizeof...(P)> points_;
  std::tuple<std::remove_cvref_t<decltype(P::state)>...> states_;
};

}  // namespace detail

/// Lets two or more players, each a `maximizer` or a `minimizer`, move until a reason to stop, and returns where the
/// game ended. The options are those of `maximize`: the norm is taken over all players, a change is the largest of any
/// payoff, and steps are counted in rounds, in which every player steps once.
///
///     gradus::play<gradus::Moves::extragradient>({.gradient_norm = 1e-9},
///                                                gradus::maximizer(x, payoff, optimizer),
///                                                gradus::minimizer(y, loss, optimizer));
///
/// Where players pull against each other, as in the game x y, simultaneous steps spiral away from the equilibrium,
/// alternating ones circle it, extragradient ones reach it. So do simultaneous steps of compositions that begin with
/// `Optimistic`: optimistic play, with one gradient per round.
///
/// A player that gathers (`Accumulate`) has no place in an extragradient game, which an `AnyOptimizer` is not asked.
///
/// A payoff (or, unless the composition guards against it, a gradient) that is not finite ends the game at the last
/// good point. A throwing payoff, or a step that refuses, leaves all players as the last whole round left them.
/// Errors  `Refused` for options out of range, two players with the same parameters or state, and what a step refuses.
/// Cost    a gradient per player and round; alternating takes all but one again, extragradient all. One gradient and
///         one copy of parameters and state are kept per player.
/// Source  Korpelevich (1976), extragradient; Popov (1980), optimistic.
template <Moves M = Moves::simultaneous, class... P>
PlayResult<sizeof...(P)> play(const DriveOptions& options, P&&... players) {
  constexpr bool enough = sizeof...(P) > 1, ready = detail::are_players<std::remove_reference_t<P>...>();
  static_assert(enough, "gradus: a game has two players or more; one alone climbs by gradus::maximize");
  constexpr bool whole = M != Moves::extragradient || !(detail::GatheringPlayer<std::remove_reference_t<P>> || ...);
  static_assert(
      whole,
      "gradus: a player of an extragradient game gathers (Accumulate), and would look ahead only in the calls "
      "that step; let its payoff sum the gradients");
  if constexpr (enough && ready && whole)
    return detail::Game<M, std::remove_reference_t<P>...>(options, players...).run();
  else return {};  // refused: `are_players` has said why
}

/// The same with default options.
template <Moves M = Moves::simultaneous, class First, class... P>
  requires detail::is_player<std::remove_cvref_t<First>>
PlayResult<1 + sizeof...(P)> play(First&& first, P&&... players) {
  return play<M>(DriveOptions{}, std::forward<First>(first), std::forward<P>(players)...);
}

}  // namespace gradus
