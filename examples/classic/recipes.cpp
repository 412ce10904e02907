// SPDX-License-Identifier: MIT
#include "recipes.hpp"

#include <gradus/policy/barzilai_borwein.hpp>
#include <gradus/policy/mechanic.hpp>
#include <gradus/policy/polyak_step.hpp>
#include <gradus/recipe/acprop.hpp>
#include <gradus/recipe/adabelief.hpp>
#include <gradus/recipe/adabound.hpp>
#include <gradus/recipe/adadelta.hpp>
#include <gradus/recipe/adagrad.hpp>
#include <gradus/recipe/adam.hpp>
#include <gradus/recipe/adamax.hpp>
#include <gradus/recipe/adamw.hpp>
#include <gradus/recipe/adan.hpp>
#include <gradus/recipe/adasqrt.hpp>
#include <gradus/recipe/ademamix.hpp>
#include <gradus/recipe/adopt.hpp>
#include <gradus/recipe/aggmo.hpp>
#include <gradus/recipe/asgd.hpp>
#include <gradus/recipe/cocob.hpp>
#include <gradus/recipe/dadapt_adamw.hpp>
#include <gradus/recipe/dog.hpp>
#include <gradus/recipe/dowg.hpp>
#include <gradus/recipe/ftml.hpp>
#include <gradus/recipe/gradient_ascent.hpp>
#include <gradus/recipe/lars.hpp>
#include <gradus/recipe/lion.hpp>
#include <gradus/recipe/madgrad.hpp>
#include <gradus/recipe/nadam.hpp>
#include <gradus/recipe/novograd.hpp>
#include <gradus/recipe/optax.hpp>
#include <gradus/recipe/optimistic.hpp>
#include <gradus/recipe/optimistic_adam.hpp>
#include <gradus/recipe/padam.hpp>
#include <gradus/recipe/prodigy.hpp>
#include <gradus/recipe/qhadam.hpp>
#include <gradus/recipe/qhm.hpp>
#include <gradus/recipe/radam.hpp>
#include <gradus/recipe/rmsprop.hpp>
#include <gradus/recipe/rprop.hpp>
#include <gradus/recipe/schedule_free.hpp>
#include <gradus/recipe/sgd.hpp>
#include <gradus/recipe/signum.hpp>
#include <gradus/recipe/smorms3.hpp>
#include <gradus/recipe/yogi.hpp>
#include <gradus/tensor/std.hpp>

#include <utility>

namespace classic {

namespace {

using namespace gradus::recipe;

// The rate among a recipe's parameters.
template <class Values>
double& rate_of(Values& values) {
  if constexpr (requires { values.lr; }) return values.lr;
  else return values.learning_rate;
}

template <class Values>
void scale_rate(Values& values, double times) {
  rate_of(values) *= times;
  if constexpr (requires { values.final_lr; }) values.final_lr *= times;
}

// A recipe, or a rule without one, that chooses its rate itself.
template <class Values, class Make>
Recipe own_rate(std::string name, Make) {
  return {std::move(name), 0, [](const Objective& f, Vector& at, const gradus::DriveOptions& options, double) {
            return gradus::minimize(f, at, Make{}(Values{}), options);
          }};
}

template <class Values, class Make>
Recipe rated(std::string name, Make) {
  Values values;
  return {std::move(name), rate_of(values),
          [](const Objective& f, Vector& at, const gradus::DriveOptions& options, double times) {
            Values scaled;
            scale_rate(scaled, times);
            return gradus::minimize(f, at, Make{}(scaled), options);
          }};
}

// By default it logs, which changes nothing else.
auto silent_gradient_ascent(GradientAscent v) {
  v.logging_interval = 0;
  return gradient_ascent<GradientAscent{.logging_interval = 0}>(v);
}

}  // namespace

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all{
      rated<AcProp>("acprop", [](auto v) { return acprop(v); }),
      rated<AdaBelief>("adabelief", [](auto v) { return adabelief(v); }),
      rated<AdaBound>("adabound", [](auto v) { return adabound(v); }),
      rated<Adadelta>("adadelta", [](auto v) { return adadelta(v); }),
      rated<AdaGrad>("adagrad", [](auto v) { return adagrad(v); }),
      rated<Adam>("adam", [](auto v) { return adam(v); }),
      rated<AdaMax>("adamax", [](auto v) { return adamax(v); }),
      rated<AdamW>("adamw", [](auto v) { return adamw(v); }),
      rated<Adan>("adan", [](auto v) { return adan(v); }),
      rated<AdaSqrt>("adasqrt", [](auto v) { return adasqrt(v); }),
      rated<AdEmaMix>("ademamix", [](auto v) { return ademamix(v); }),
      rated<Adopt>("adopt", [](auto v) { return adopt(v); }),
      rated<AggMo>("aggmo", [](auto v) { return aggmo(v); }),
      rated<Asgd>("asgd", [](auto v) { return asgd(v); }),
      own_rate<Cocob>("cocob", [](auto v) { return cocob(v); }),
      own_rate<DAdaptAdamW>("dadapt_adamw", [](auto v) { return dadapt_adamw(v); }),
      own_rate<Dog>("dog", [](auto v) { return dog(v); }),
      own_rate<Dowg>("dowg", [](auto v) { return dowg(v); }),
      rated<Ftml>("ftml", [](auto v) { return ftml(v); }),
      rated<GradientAscent>("gradient_ascent", [](auto v) { return silent_gradient_ascent(v); }),
      rated<Lars>("lars", [](auto v) { return lars(v); }),
      rated<Lion>("lion", [](auto v) { return lion(v); }),
      rated<Madgrad>("madgrad", [](auto v) { return madgrad(v); }),
      rated<NAdam>("nadam", [](auto v) { return nadam(v); }),
      rated<NovoGrad>("novograd", [](auto v) { return novograd(v); }),
      rated<OptimisticGradient>("optimistic", [](auto v) { return optimistic(v); }),
      rated<OptimisticAdam>("optimistic_adam", [](auto v) { return optimistic_adam(v); }),
      rated<Padam>("padam", [](auto v) { return padam(v); }),
      own_rate<Prodigy>("prodigy", [](auto v) { return prodigy(v); }),
      rated<QhAdam>("qhadam", [](auto v) { return qhadam(v); }),
      rated<Qhm>("qhm", [](auto v) { return qhm(v); }),
      rated<RAdam>("radam", [](auto v) { return radam(v); }),
      rated<RmsProp>("rmsprop", [](auto v) { return rmsprop(v); }),
      rated<Rprop>("rprop", [](auto v) { return rprop(v); }),
      rated<ScheduleFreeSgd>("schedule_free_sgd", [](auto v) { return schedule_free_sgd(v); }),
      rated<ScheduleFreeAdamW>("schedule_free_adamw", [](auto v) { return schedule_free_adamw(v); }),
      rated<Sgd>("sgd", [](auto v) { return sgd(v); }),
      rated<Signum>("signum", [](auto v) { return signum(v); }),
      rated<Smorms3>("smorms3", [](auto v) { return smorms3(v); }),
      rated<Yogi>("yogi", [](auto v) { return yogi(v); }),
      rated<optax::AdaGrad>("optax::adagrad", [](auto v) { return optax::adagrad(v); }),
      rated<optax::Adam>("optax::adamax", [](auto v) { return optax::adamax(v); }),
      rated<optax::Adan>("optax::adan", [](auto v) { return optax::adan(v); }),
      rated<optax::Adam>("optax::amsgrad", [](auto v) { return optax::amsgrad(v); }),
      rated<optax::Fromage>("optax::fromage", [](auto v) { return optax::fromage(v); }),
      rated<optax::Adam>("optax::nadam", [](auto v) { return optax::nadam(v); }),
      rated<optax::OptimisticAdam>("optax::optimistic_adam", [](auto v) { return optax::optimistic_adam(v); }),
      rated<optax::RAdam>("optax::radam", [](auto v) { return optax::radam(v); }),
      rated<optax::RmsProp>("optax::rmsprop", [](auto v) { return optax::rmsprop(v); }),
      rated<optax::SimplifiedAdEmaMix>("optax::simplified_ademamix",
                                       [](auto v) { return optax::simplified_ademamix(v); }),
      own_rate<gradus::BarzilaiBorwein>("BarzilaiBorwein", [](auto v) { return gradus::Optimizer{v}; }),
      own_rate<gradus::Mechanic<>>("Mechanic", [](auto v) { return gradus::Optimizer{gradus::LearningRate{1}, v}; }),
      own_rate<gradus::PolyakStep>("PolyakStep", [](auto v) { return gradus::Optimizer{v}; }),
  };
  return all;
}

}  // namespace classic
