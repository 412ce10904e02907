// SPDX-License-Identifier: MIT
#include <gradus/recipe/optax.hpp>

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <vector>

using namespace gradus;

TEST_CASE("optax's variants have their own types") {
  using namespace recipe::optax;
  CHECK(std::same_as<decltype(adagrad()), Optimizer<SumOfSquares, EpsilonInRoot, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(rmsprop()), Optimizer<MeanSquare, EpsilonInRoot, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<
        decltype((rmsprop<RmsProp{.eps_in_sqrt = false, .centered = true, .momentum = 0.5, .nesterov = true}>())),
        Optimizer<Variance, DivideByRoot, LearningRate, LookAheadMomentum>>);
  CHECK(std::same_as<decltype(rmsprop<RmsProp{.bias_correction = true}>()),
                     Optimizer<CorrectedMeanSquare, EpsilonInRoot, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(amsgrad()),
                     Optimizer<CorrectedMomentum, CorrectedMeanSquare, LargestSquare, DivideByRoot, LearningRate>>);
  CHECK(std::same_as<decltype(radam()), Optimizer<CorrectedMomentum, RectifiedAdaptive, LearningRate>>);
  CHECK(std::same_as<decltype(nadam<Adam{.weight_decay = 1}>()),
                     Optimizer<ScheduledMomentum, CorrectedAdaptive, WeightDecay, LearningRate>>);
  CHECK(std::same_as<decltype(adamax()), Optimizer<CorrectedMomentum, InfinityAdaptive, LearningRate>>);
  CHECK(std::same_as<decltype(simplified_ademamix()), Optimizer<Momentum, Blend, CorrectedAdaptive, LearningRate>>);
  CHECK(std::same_as<decltype(optimistic_adam()),
                     Optimizer<ScheduledMomentum, CorrectedAdaptive, Optimistic, LearningRate>>);
  CHECK(std::same_as<decltype(adan()), Optimizer<NesterovMoments, EpsilonInRoot, DivideByRoot, LearningRate>>);
  CHECK(adan({.b2 = 0.75}).get<NesterovMoments>().ahead == 0.25);
  CHECK(std::same_as<decltype(fromage()), Optimizer<TrustRatio, LearningRate, WeightDecay>>);
  CHECK(adagrad().get<SumOfSquares>().initial == 0.1);
  CHECK_THROWS_AS(adan({.weight_decay = 0.1}), Refused);
  CHECK_THROWS_AS(nadam({.weight_decay = 0.1}), Refused);
  CHECK_THROWS_AS(rmsprop({.momentum = 0.5}), Refused);
  CHECK_THROWS_AS(rmsprop({.centered = true}), Refused);
  CHECK_THROWS_AS((rmsprop<RmsProp{.bias_correction = true}>({.initial_scale = 1, .bias_correction = true})), Refused);
}

TEST_CASE("fromage rotates a leaf by its rate and keeps its length if the gradient is orthogonal") {
  std::vector<double> theta{3, 4};
  const Optimizer optimizer = recipe::optax::fromage({.learning_rate = 0.75});
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, std::vector<double>{-400, 300}, state);
  CHECK(theta[0] == doctest::Approx(0));
  CHECK(theta[1] == doctest::Approx(5));
}
