// SPDX-License-Identifier: MIT
#include <gradus/plan/composition.hpp>

#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/aggregated_momentum.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/coin_betting.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/momentum.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

template <class... P>
using Whole = gradus::detail::Composition<gradus::detail::Pack<P...>>;

struct Weighted {
  static constexpr gradus::Slot slots[]{{"weight", 3}};
  static constexpr void apply(gradus::Record& r, gradus::Lane& weight) { r.update = weight = weight * r.update; }
};

}  // namespace

TEST_CASE("composition: its name lists the policies as the type does") {
  CHECK(Whole<>::name == "");
  CHECK(Whole<gradus::Momentum>::name == "gradus::Momentum");
  CHECK(Whole<gradus::Clip, gradus::Momentum, gradus::Clip>::name == "gradus::Clip, gradus::Momentum, gradus::Clip");
  CHECK(Whole<gradus::Clip, gradus::Momentum>::name != Whole<gradus::Momentum, gradus::Clip>::name);
}

TEST_CASE("composition: a name ends with the last policy's, also if that is a template's") {
  constexpr std::string_view name = Whole<gradus::Clip, gradus::AggregatedMomentum<2>>::name;
  CHECK(name.starts_with("gradus::Clip, gradus::AggregatedMomentum<2"));
  CHECK(name.ends_with('>'));
  CHECK(std::ranges::count(name, '>') == 1);
}

TEST_CASE("composition: slots start at the values that policies say, each at its own") {
  const gradus::detail::Pack policies{Weighted{}, gradus::Momentum{}, gradus::CoinBetting{.epsilon = 2}};
  const auto first = Whole<Weighted, gradus::Momentum, gradus::CoinBetting>::first(policies);
  CHECK(std::vector(first.begin(), first.end() - 1) == std::vector<double>{3, 0, 2, 0, 0, 0, 0});
}

TEST_CASE("composition: it has the slots of all its policies, in order") {
  using Moments = Whole<gradus::Clip, gradus::Momentum, gradus::Adaptive, gradus::LearningRate, gradus::Momentum>;
  std::vector<std::string> names;
  for (std::size_t s = 0; s < Moments::layout::slots; ++s) names.emplace_back(Moments::slots[s].name);
  CHECK(names == std::vector<std::string>{"velocity", "second", "velocity 2"});
  static_assert(Whole<gradus::Clip>::layout::slots == 0);
}

TEST_CASE("composition: finds the index of a policy, also of a repeated one") {
  using Both = Whole<gradus::Clip, gradus::Momentum, gradus::Clip>;
  static_assert(Both::index<gradus::Clip>(0) == 0);
  static_assert(Both::index<gradus::Momentum>(0) == 1);
  static_assert(Both::index<gradus::Clip>(1) == 2);
  static_assert(Both::index<gradus::Clip>(2) == 3);      // there is no third Clip
  static_assert(Both::index<gradus::Momentum>(1) == 3);  // and no second Momentum
  static_assert(Both::index<gradus::Adaptive>(0) == 3);
  static_assert(Whole<>::index<gradus::Clip>(0) == 0);
}

TEST_CASE("composition: tells whether it looks at the gradient before its pass") {
  static_assert(Whole<gradus::ClipNorm, gradus::Momentum>::looks_first);
  static_assert(!Whole<gradus::Clip, gradus::Momentum>::looks_first);
}
