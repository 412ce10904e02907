// SPDX-License-Identifier: MIT
#include <gradus/compose/part.hpp>

#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/refuse_non_finite.hpp>
#include <gradus/tensor/std.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

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

TEST_CASE("a part without a leaf is refused with the names that there are, the first 200 letters or so") {
  const auto refusal = [](std::size_t count) {
    std::vector<std::vector<double>> theta(count);
    std::string said;
    try {
      detail::refuse_empty_part(1, theta);
    } catch (const Refused& refused) {
      said = refused.what();
    }
    return said;
  };
  CHECK(refusal(2).find("has of [0], [1], or leave") != std::string::npos);
  CHECK(refusal(0).find("has of a set that has any, or leave") != std::string::npos);
  // "[0], [1], ... [9]" has 48 letters, each further name 6: 26 more make 204.
  CHECK(refusal(36).find("[34], [35], or leave") != std::string::npos);
  CHECK(refusal(37).find("[34], [35], ..., or leave") != std::string::npos);
  CHECK(refusal(90).find("[34], [35], ..., or leave") != std::string::npos);
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
