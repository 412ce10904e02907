// SPDX-License-Identifier: MIT
#include <gradus/recipe/parts.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <tuple>

using gradus::recipe::check_switches;
using gradus::recipe::compose;
using gradus::recipe::part_if;

TEST_CASE("an unwanted part is not in the type") {
  const auto optimizer = compose<0>(part_if<true>(gradus::Clip{2}), part_if<false>(gradus::Momentum{}),
                                    part_if<true>(gradus::LearningRate{0.5}));
  CHECK(std::same_as<decltype(optimizer), const gradus::Optimizer<gradus::Clip, gradus::LearningRate>>);
  CHECK(optimizer.get<gradus::Clip>().value == 2);
  CHECK(optimizer.get<gradus::LearningRate>().rate == 0.5);
}

TEST_CASE("a recipe is a constant expression") {
  constexpr gradus::recipe::Adam values{.lr = 0.25, .weight_decay = 0.5};
  constexpr auto optimizer = gradus::recipe::adam<values>();
  CHECK(optimizer.get<gradus::LearningRate>().rate == 0.25);
  CHECK(optimizer.get<gradus::WeightDecay>().rate == 0.5);
}

TEST_CASE("all recipes are constant expressions") {
  using namespace gradus::recipe;
  constexpr std::tuple all{acprop(),
                           adabelief(),
                           adabound(),
                           adadelta(),
                           adagrad(),
                           adam(),
                           adamax(),
                           adamw(),
                           adan(),
                           adasqrt(),
                           ademamix(),
                           adopt(),
                           aggmo(),
                           asgd(),
                           cocob(),
                           dadapt_adamw(),
                           dog(),
                           dowg(),
                           ftml(),
                           gradient_ascent(),
                           lars(),
                           lion(),
                           madgrad(),
                           nadam(),
                           novograd(),
                           optax::adagrad(),
                           optax::rmsprop(),
                           optax::nadam(),
                           optax::amsgrad(),
                           optax::adamax(),
                           optax::radam(),
                           optax::adan(),
                           optax::simplified_ademamix(),
                           optax::optimistic_adam(),
                           optax::fromage(),
                           optimistic(),
                           optimistic_adam(),

                           padam(),
                           prodigy(),
                           qhadam(),
                           qhm(),
                           radam(),
                           rmsprop(),
                           rprop(),
                           schedule_free_sgd(),
                           schedule_free_adamw(),
                           sgd(),
                           sgld(),
                           signum(),
                           smorms3(),
                           yogi()};
  CHECK(std::tuple_size_v<decltype(all)> == 51);
}

namespace {

struct Switches {
  bool amsgrad = false, other = false;
  double weight_decay = 0;
};

constexpr Switches with{.amsgrad = true, .weight_decay = 0.5}, without{};

template <Switches With>
void check(const Switches& values) {
  check_switches<With, &Switches::amsgrad, &Switches::weight_decay>("adam", {"amsgrad", "weight_decay"}, values);
}

}  // namespace

TEST_CASE("features requested at run time must be in the type") {
  CHECK_NOTHROW(check<with>({.amsgrad = true, .weight_decay = 0.25}));
  CHECK_NOTHROW(check<without>({}));
  CHECK_THROWS_WITH_AS(check<without>({.amsgrad = true}),
                       "gradus: recipe::adam: amsgrad is not in the type; write it in both places: "
                       "recipe::adam<{.amsgrad = ...}>({.amsgrad = ...})",
                       gradus::Refused);
  CHECK_THROWS_WITH_AS(check<without>({.weight_decay = 0.1}),
                       "gradus: recipe::adam: weight_decay is not in the type; write it in both places: "
                       "recipe::adam<{.weight_decay = ...}>({.weight_decay = ...})",
                       gradus::Refused);
}

TEST_CASE("a number of 0 switches off a feature of the type; a bool cannot") {
  CHECK_NOTHROW(check<with>({.amsgrad = true}));
  CHECK_THROWS_WITH_AS(
      check<with>({}),
      "gradus: recipe::adam: amsgrad is in the type, and a value cannot switch it off; give .amsgrad = "
      "true, or leave it out of recipe::adam<{...}>",
      gradus::Refused);
}
