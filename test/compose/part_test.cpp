// SPDX-License-Identifier: MIT
#include <gradus/compose/part.hpp>

#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/refuse_non_finite.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace gradus;

TEST_SUITE_BEGIN("part");

TEST_CASE("a part contains the policies in front, and is handed their scalars if they concern all leaves") {
  using Told = detail::Told<ClipNorm, 0>;
  static_assert(NormPolicy<ClipNorm> && !NormPolicy<Told> && detail::ToldPolicy<Told> && !detail::ToldPolicy<ClipNorm>);
  constexpr RefuseNonFinite guard;
  constexpr ClipNorm clip{3};
  constexpr auto part = for_others(LearningRate{0.5});
  constexpr auto front = detail::in_front(guard, clip, part);
  static_assert(std::is_same_v<detail::policies_of<decltype(front)>, detail::Pack<RefuseNonFinite, ClipNorm>>);
  constexpr auto parts = detail::parts_behind(front, guard, clip, part);
  const auto& optimizer = parts.get<0>().optimizer;
  static_assert(std::is_same_v<detail::policies_of<decltype(optimizer)>, detail::Pack<Told, LearningRate>>);
  CHECK(optimizer.get<LearningRate>().rate == 0.5);
}

TEST_CASE("reports of parts are merged into one") {
  Report all{7};
  detail::CollectReport{all, true}.report({1, 0.5, 3});
  detail::CollectReport{all, false}.report({1, 0.25, 4});
  CHECK(all.step == 7);
  CHECK(all.rate == 0.5);
  CHECK(all.gradient_norm == 5);
}

TEST_SUITE_END();
