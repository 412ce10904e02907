// SPDX-License-Identifier: MIT
#include <gradus/compose/part.hpp>

#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/refuse_non_finite.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace gradus;

TEST_SUITE_BEGIN("part");

TEST_CASE("a policy that is told its norm calculates with it and asks for none") {
  static_assert(NormPolicy<ClipNorm> && !NormPolicy<detail::Told<ClipNorm>>);
  const detail::Told<ClipNorm> told{ClipNorm{2}, Norm{1, 8}};
  CHECK(told.at(Step{})[0] == 0.25);
}

TEST_CASE("a part stands behind what is in front of it, but for what concerns all leaves") {
  constexpr RefuseNonFinite guard;
  constexpr ClipNorm clip{3};
  constexpr auto part = for_others(LearningRate{0.5});
  constexpr auto front = detail::in_front(guard, clip, part);
  static_assert(std::is_same_v<policies_of<decltype(front)>, Pack<RefuseNonFinite, ClipNorm>>);
  constexpr auto parts = detail::parts_behind(front, guard, clip, part);
  const auto& optimizer = parts.get<0>().optimizer;
  static_assert(std::is_same_v<policies_of<std::remove_cvref_t<decltype(optimizer)>>,
                               Pack<detail::Told<ClipNorm>, LearningRate>>);
  CHECK(optimizer.get<LearningRate>().rate == 0.5);

  auto own = optimizer.policies();
  const Norm norms[]{{1, 12}};
  detail::tell(front.policies(), norms, own);
  CHECK(own.get<0>().at(Step{})[0] == 0.25);
}

TEST_SUITE_END();
