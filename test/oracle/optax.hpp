// SPDX-License-Identifier: MIT
#pragma once

#include "chain.hpp"
#include "optax_policies.hpp"
#include "schedules.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

namespace oracle {

/// A recipe's values under optax's names.
template <class Values>
Values optax_values(const Json& h) {
  Values values;
  const auto set = [&](auto& value, const char* name) {
    if (h.contains(name)) value = h.at(name);
  };
  if constexpr (requires { values.lr; }) set(values.lr, "learning_rate");
  if constexpr (requires { values.learning_rate; }) set(values.learning_rate, "learning_rate");
  if constexpr (requires { values.beta1; }) set(values.beta1, "b1");
  if constexpr (requires { values.beta2; }) set(values.beta2, "b2");
  if constexpr (requires { values.beta3; }) set(values.beta3, "b3");
  if constexpr (requires { values.estim_lr0; }) {
    set(values.beta1, "beta1"), set(values.beta2, "beta2"), set(values.estim_lr0, "estim_lr0");
  }
  if constexpr (requires { values.estim_lr_coef; }) set(values.estim_lr_coef, "estim_lr_coef");
  if constexpr (requires { values.weight_lr_power; }) set(values.weight_lr_power, "weight_lr_power");
  if constexpr (requires { values.b1; }) set(values.b1, "b1");
  if constexpr (requires { values.b2; }) set(values.b2, "b2");
  if constexpr (requires { values.b3; }) set(values.b3, "b3");
  if constexpr (requires { values.eps; }) set(values.eps, "eps");
  if constexpr (requires { values.eps_root; }) set(values.eps_root, "eps_root");
  if constexpr (requires { values.weight_decay; }) set(values.weight_decay, "weight_decay");
  if constexpr (requires { values.alpha; }) set(values.alpha, "alpha");
  if constexpr (requires { values.beta; }) set(values.beta, "beta");
  if constexpr (requires { values.rho; }) set(values.rho, "rho");
  if constexpr (requires { values.threshold; }) set(values.threshold, "threshold");
  return values;
}

template <class T>
ChainOf<T> optax_rmsprop(const Json& h, const Tensors<T>& theta) {
  using gradus::recipe::optax::RmsProp;
  const bool corrected = h.at("bias_correction"), heavy = h.contains("momentum");
  const RmsProp values{.learning_rate = h.at("learning_rate"),
                       .decay = h.at("decay"),
                       .eps = h.at("eps"),
                       .initial_scale = h.at("initial_scale"),
                       .eps_in_sqrt = h.at("eps_in_sqrt"),
                       .centered = h.at("centered"),
                       .momentum = heavy ? h.at("momentum").get<double>() : 0,
                       .nesterov = h.at("nesterov"),
                       .bias_correction = corrected};
  if (corrected) return descend(gradus::recipe::optax::rmsprop<RmsProp{.bias_correction = true}>(values), theta);
  return branch(values.eps_in_sqrt, [&](auto inside) {
    return branch(values.centered, [&](auto centered) {
      return branch(heavy, [&](auto heavy_) {
        return branch(values.nesterov, [&](auto ahead) {
          constexpr RmsProp with{
              .eps_in_sqrt = inside, .centered = centered, .momentum = heavy_ ? 1.0 : 0, .nesterov = heavy_ && ahead};
          return descend(gradus::recipe::optax::rmsprop<with>(values), theta);
        });
      });
    });
  });
}

/// Optax's boundaries, each with a factor, as a piecewise schedule.
inline gradus::Piecewise<4> optax_knots(const Json& h, gradus::Between between) {
  gradus::Piecewise<4> knots{{gradus::Knot{0, h.at("init_value")}}, between};
  for (std::size_t i = 1; i < 4; ++i) {
    const Json& boundary = h.at("boundaries_and_scales").at(i - 1);
    knots.knots[i] = {boundary.at(0), knots.knots[i - 1].value * boundary.at(1).get<double>()};
  }
  return knots;
}

/// A schedule of optax in terms of the library's.
inline Values optax_schedule(const std::string& name, const Json& h) {
  using namespace gradus;
  const auto value = [&](const char* of) { return h.value(of, 0.0); };
  const auto count = [&](const char* of) { return h.at(of).get<std::int64_t>(); };
  const auto exponential = [&](double from) {
    std::optional<double> to;
    if (h.contains("end_value")) to = value("end_value");
    return Exponential{
        from, value("decay_rate"), count("transition_steps"), h.at("staircase"), count("transition_begin"), to};
  };
  if (name == "constant") return [x = value("value")](std::int64_t) { return x; };
  if (name == "linear")
    return Linear{value("init_value"), value("end_value"), count("transition_steps"), count("transition_begin")};
  if (name == "polynomial")
    return Polynomial{value("init_value"), value("end_value"), count("transition_steps"), value("power"),
                      count("transition_begin")};
  if (name == "exponential_decay") return exponential(value("init_value"));
  if (name == "cosine_decay")
    return Cosine{value("init_value"), value("init_value") * value("alpha"), count("decay_steps"), value("exponent")};
  if (name == "piecewise_constant") return optax_knots(h, Between::stairs);
  if (name == "piecewise_interpolate")
    return optax_knots(h, h.at("interpolate_type") == "linear" ? Between::line : Between::cosine);
  if (name == "cosine_onecycle")
    return OneCycle{value("peak_value"), count("transition_steps"), value("pct_start"), value("div_factor"),
                    value("final_div_factor")};
  if (name == "linear_onecycle") {
    const double low = value("peak_value") / value("div_factor"), steps = value("transition_steps");
    return Piecewise<4>{{Knot{0, low},
                         {std::floor(value("pct_start") * steps), value("peak_value")},
                         {std::floor(value("pct_final") * steps), low},
                         {steps, low / value("final_div_factor")}}};
  }
  if (name == "warmup_constant") return Linear{value("init_value"), value("peak_value"), count("warmup_steps")};
  if (name == "warmup_cosine_decay")
    return Joined{Linear{value("init_value"), value("peak_value"), count("warmup_steps")}, count("warmup_steps"),
                  Cosine{value("peak_value"), value("end_value"), count("decay_steps") - count("warmup_steps"),
                         value("exponent")}};
  if (name == "warmup_exponential_decay")
    return Joined{Linear{value("init_value"), value("peak_value"), count("warmup_steps")}, count("warmup_steps"),
                  exponential(value("peak_value"))};
  if (name == "sgdr") {
    const auto round = [&](std::size_t i) { return optax_schedule("warmup_cosine_decay", h.at("rounds").at(i)); };
    return Joined{round(0), h.at("rounds").at(0).at("decay_steps").get<std::int64_t>(), round(1)};
  }
  throw std::runtime_error("no schedule " + name);
}

/// Calls f(policy) for a transformation that optax wraps.
template <class F>
auto optax_inner(const Json& h, F f) {
  const double amount = h.at("amount");
  if (h.at("inner") == "trace") return f(gradus::Momentum{amount});
  if (h.at("inner") == "clip") return f(gradus::Clip{amount});
  if (h.at("inner") == "add_decayed_weights") return f(gradus::WeightDecay{amount});
  throw std::runtime_error("no transformation " + h.at("inner").get<std::string>());
}

/// Calls f(condition) for the steps in which optax transforms.
template <class F>
auto optax_condition(const Json& h, F f) {
  const std::int64_t n = h.at("n");
  if (h.at("condition") == "every") return f(gradus::Every{n});
  if (h.at("condition") == "from") return f(gradus::From{n});
  return f(gradus::Until{n});
}

/// Optax's wrappers that act only in some steps, or on some leaves or elements, around a transformation and in front
/// of a rate.
template <class T>
ChainOf<T> optax_wrapped(const std::string& rule, const Json& h, const Tensors<T>& theta) {
  using namespace gradus;
  const double rate = h.at("learning_rate");
  return optax_inner(h, [&](auto inner) -> ChainOf<T> {
    if (rule != "masked")
      return optax_condition(h, [&](auto condition) {
        const auto masks = rule == "conditionally_mask";
        const auto rate_in = [=](std::int64_t t) { return masks && !condition(Step{t}) ? 0 : rate; };
        return descend(Optimizer{when(condition, inner), follow<&LearningRate::rate>(rate_in)}, theta);
      });
    const Json& mask = h.at("mask");
    const bool by_leaf = mask.at(0) == Json{1, 1, 1} && mask.at(1) == Json{0, 0, 0, 0};
    if (by_leaf) return descend(Optimizer{when(Named{"[0]"}, inner), LearningRate{rate}}, theta);
    return descend_masked(Optimizer{masked(inner), LearningRate{rate}}, theta, mask);
  });
}

/// Steps along the gradient; each tensor is projected after them, as `optax.projections` do.
template <class T>
ChainOf<T> optax_projected(const Json& h, const Tensors<T>& theta) {
  using namespace gradus;
  const std::string name = h.at("projection");
  const LearningRate rate{h.at("learning_rate")};
  const auto bound = [&](std::size_t i) { return h.at("bounds").at(i).get<double>(); };
  const auto onto = [&](const auto& set) { return descend(Optimizer{rate, set}, theta); };
  if (name == "simplex") return onto(Simplex{bound(0)});
  if (name == "l1_ball") return onto(L1Ball{bound(0)});
  if (name == "l2_ball") return onto(Ball{bound(0)});
  if (name == "l2_sphere") return onto(Sphere{bound(0)});
  if (name == "non_negative") return onto(Box{});
  if (name == "box") return onto(Box{bound(0), bound(1)});
  if (name == "hypercube") return onto(Box{0, bound(0)});
  if (name == "linf_ball") return onto(Box{-bound(0), bound(0)});
  return nullptr;
}

/// The library's composition for an optax rule; none if the library has none.
template <class T>
ChainOf<T> optax(const std::string& rule, const Json& h, const Tensors<T>& theta) {
  using namespace gradus;
  const auto down = [&](const auto& optimizer) { return descend(optimizer, theta); };
  if (rule == "scheduled_sgd") return down(Optimizer{follow<&LearningRate::rate>(optax_schedule(h.at("schedule"), h))});
  const LearningRate rate{h.at("learning_rate")};
  const auto is = [&](const char* name) { return rule == name; };
  const auto adam = optax_values<recipe::optax::Adam>(h);
  constexpr recipe::optax::Adam decayed{.weight_decay = 1};

  if (is("adam") || is("adamw")) {
    auto values = optax_values<recipe::AdamW>(h);
    values.weight_decay = adam.weight_decay;
    return down(recipe::adamw(values));
  }
  if (is("nadam") || is("nadamw")) return down(recipe::optax::nadam<decayed>(adam));
  if (is("amsgrad")) return down(recipe::optax::amsgrad<decayed>(adam));
  if (is("adamax") || is("adamaxw")) return down(recipe::optax::adamax<decayed>(adam));
  if (is("radam")) return down(recipe::optax::radam(optax_values<recipe::optax::RAdam>(h)));
  if (is("adabelief")) return down(recipe::adabelief(optax_values<recipe::AdaBelief>(h)));
  if (is("yogi")) return down(Optimizer{StartedMomentum{adam.b1}, SignedSquare{adam.b2}, DivideByRoot{adam.eps}, rate});
  if (is("adan")) {
    constexpr recipe::optax::Adan with{.weight_decay = 1};
    return down(recipe::optax::adan<with>(optax_values<recipe::optax::Adan>(h)));
  }
  if (is("lion")) return down(recipe::lion<recipe::Lion{.weight_decay = 1}>(optax_values<recipe::Lion>(h)));
  if (is("adagrad")) {
    auto values = optax_values<recipe::optax::AdaGrad>(h);
    values.initial_accumulator_value = h.at("initial_accumulator_value");
    return down(recipe::optax::adagrad(values));
  }
  if (is("rmsprop")) return optax_rmsprop(h, theta);
  if (is("adadelta"))
    return down(recipe::adadelta<recipe::Adadelta{.weight_decay = 1}>(optax_values<recipe::Adadelta>(h)));
  if (is("sgd")) {
    const double factor = h.value("momentum", 0.0);
    if (h.at("nesterov")) return down(Optimizer{Momentum{factor}, Nesterov{}, rate});
    return down(Optimizer{Momentum{factor}, rate});
  }
  if (is("sign_sgd")) return down(recipe::signum<recipe::Signum{.momentum = 0}>({.lr = rate.rate, .momentum = 0}));
  if (is("signum")) return down(recipe::signum({.lr = rate.rate, .momentum = h.at("beta")}));
  if (is("optimistic_gradient_descent")) return down(recipe::optimistic(optax_values<recipe::OptimisticGradient>(h)));
  if (is("optimistic_adam_v2")) {
    if (h.at("nesterov")) return down(recipe::optax::optimistic_adam(optax_values<recipe::optax::OptimisticAdam>(h)));
    return down(recipe::optimistic_adam(optax_values<recipe::OptimisticAdam>(h)));
  }
  if (is("optimistic_adam")) {
    // Its `optimism` is the rate unless given; both are passed as alpha and beta, with no rate behind them.
    const double alpha = rate.rate, beta = h.value("optimism", alpha);
    const Optimistic optimistic{alpha, beta};
    const CorrectedAdaptive divisor{h.at("b2"), h.at("eps")};
    if (h.at("nesterov"))
      return down(Optimizer{ScheduledMomentum{adam.b1, std::numeric_limits<double>::infinity()}, divisor, optimistic});
    return down(Optimizer{CorrectedMomentum{adam.b1}, divisor, optimistic});
  }
  if (is("guarded_adam"))
    return down(Optimizer{SkipNonFinite{h.at("max_consecutive_errors")}, CorrectedMomentum{adam.b1},
                          CorrectedAdaptive{adam.b2, adam.eps}, rate});
  if (is("frozen_adam"))
    return down(Optimizer{Freeze{Named{"[0]"}}, ClipNorm{.norm = h.at("max_norm")}, CorrectedMomentum{adam.b1},
                          CorrectedAdaptive{adam.b2, adam.eps}, rate});
  if (is("fromage")) return down(recipe::optax::fromage({rate.rate, h.at("min_norm")}));
  if (is("lamb"))
    return down(Optimizer{CorrectedMomentum{adam.b1}, CorrectedAdaptive{adam.b2, adam.eps},
                          WeightDecay{adam.weight_decay}, TrustRatio{1}, rate});
  if (is("acprop")) return down(recipe::acprop<recipe::AcProp{.weight_decay = 1}>(optax_values<recipe::AcProp>(h)));
  if (is("ademamix")) {
    auto values = optax_values<recipe::AdEmaMix>(h);
    values.beta3 = h.at("b3");
    return down(recipe::ademamix<recipe::AdEmaMix{.weight_decay = 1}>(values));
  }
  if (is("simplified_ademamix"))
    return down(recipe::optax::simplified_ademamix(optax_values<recipe::optax::SimplifiedAdEmaMix>(h)));
  if (is("adopt")) {
    auto values = optax_values<recipe::Adopt>(h);
    values.clips = h.at("use_clipping"), values.nesterov = h.at("nesterov");
    return branch(values.clips, [&](auto clips) {
      return branch(values.nesterov, [&](auto nesterov) {
        return down(recipe::adopt<recipe::Adopt{.clips = clips, .nesterov = nesterov}>(values));
      });
    });
  }
  if (is("cocob")) return down(recipe::cocob(optax_values<recipe::Cocob>(h)));
  if (is("lars")) {
    auto values = optax_values<recipe::Lars>(h);
    values.trust_coefficient = h.at("trust_coefficient"), values.momentum = h.at("momentum");
    return down(recipe::lars<recipe::Lars{.weight_decay = 1}>(values));
  }
  if (is("novograd"))
    return down(recipe::novograd<recipe::NovoGrad{.weight_decay = 1}>(optax_values<recipe::NovoGrad>(h)));
  if (is("dog")) {
    auto values = optax_values<recipe::Dog>(h);
    if (h.contains("init_step")) values.reps_rel = h.at("init_step").at(1);
    return down(recipe::dog<recipe::Dog{.weight_decay = 1}>(values));
  }
  if (is("dowg")) {
    auto values = optax_values<recipe::Dowg>(h);
    values.init_estim_sq_dist = h.value("init_estim_sq_dist", values.eps);
    return down(recipe::dowg<recipe::Dowg{.weight_decay = 1}>(values));
  }
  if (is("polyak_sgd")) {
    // Optax scales first: it uses the gradient scale min(L, gap / (scale^2 N^2 + eps)) g.
    const double scale = rate.rate, square = scale * scale, largest = h.at("max_learning_rate"), eps = h.at("eps");
    return down(Optimizer{PolyakStep{h.at("f_min"), largest * square, eps / square}, LearningRate{1 / scale}});
  }
  if (is("polyak_sgd_plus"))
    return down(Optimizer{PolyakStep{h.at("f_min"), h.at("max_learning_rate"), h.at("eps")}, rate});
  if (is("plateau_sgd"))
    return down(Optimizer{rate, Plateau{h.at("factor"), h.at("patience"), h.at("rtol"), h.at("atol"), h.at("cooldown"),
                                        h.at("accumulation_size"), h.at("min_scale")}});
  if (is("lookahead_sgd")) return down(Optimizer{rate, Lookahead{h.at("sync_period"), h.at("slow_step_size")}});
  if (is("multi_steps_adam"))
    return down(Optimizer{Accumulate{h.at("every_k")}, CorrectedMomentum{h.at("b1")}, CorrectedAdaptive{}, rate});
  if (is("prodigy")) return down(recipe::prodigy(optax_values<recipe::Prodigy>(h)));
  if (is("dadapt_adamw")) return down(recipe::dadapt_adamw(optax_values<recipe::DAdaptAdamW>(h)));
  if (is("schedule_free_sgd")) return down(recipe::schedule_free_sgd(optax_values<recipe::ScheduleFreeSgd>(h)));
  if (is("schedule_free_adamw")) return down(recipe::schedule_free_adamw(optax_values<recipe::ScheduleFreeAdamW>(h)));
  if (is("mechanized_sgd") || is("mechanized_adam")) {
    return branch(h.at("num_betas") == 3, [&](auto few) {
      const Mechanic<few ? 3 : 6> mechanic{h.at("s_init"), h.at("weight_decay"), h.at("eps")};
      if (is("mechanized_sgd")) return down(Optimizer{rate, mechanic});
      return down(Optimizer{CorrectedMomentum{}, CorrectedAdaptive{}, rate, mechanic});
    });
  }
  if (is("clip_by_block_rms")) return down(Optimizer{ClipLeafRms{h.at("threshold")}, rate});
  if (is("normalize_by_update_norm")) return down(Optimizer{Normalize{h.value("eps", 1e-6)}, rate});
  if (is("rprop"))
    return down(Optimizer{
        LateResilient{rate.rate, h.at("eta_minus"), h.at("eta_plus"), h.at("min_step_size"), h.at("max_step_size")}});
  if (is("clip")) return down(Optimizer{Clip{h.at("max_delta")}, rate});
  if (is("clip_by_global_norm")) return down(Optimizer{ClipNorm{.norm = h.at("max_norm")}, rate});
  if (is("trace")) {
    if (h.value("nesterov", false)) return down(Optimizer{LookAheadMomentum{h.at("decay")}, rate});
    return down(Optimizer{Momentum{h.at("decay")}, rate});
  }
  if (is("ema")) {
    if (h.value("debias", true)) return down(Optimizer{CorrectedMomentum{h.at("decay")}, rate});
    return down(Optimizer{AveragedMomentum{h.at("decay")}, rate});
  }
  if (is("keep_params_nonnegative")) return down(Optimizer{rate, Box{}});
  if (is("scale_by_trust_ratio"))
    return down(
        Optimizer{TrustRatio{h.value("trust_coefficient", 1.0), h.value("eps", 0.0), h.value("min_norm", 0.0)}, rate});
  if (is("scale_by_param_block_norm")) return down(Optimizer{BlockNorm{h.value("min_scale", 1e-3)}, rate});
  if (is("scale_by_param_block_rms")) return down(Optimizer{BlockRms{{h.value("min_scale", 1e-3)}}, rate});
  if (is("apply_every")) {
    const std::int64_t k = h.at("k");  // sums that many gradients
    return down(Optimizer{Accumulate{k}, LearningRate{rate.rate * static_cast<double>(k)}});
  }
  if (is("incremental_update")) return down(Optimizer{rate, MovingAverage{1 - h.at("step_size").get<double>()}});
  if (is("conditionally_transform") || is("conditionally_mask") || is("masked")) return optax_wrapped(rule, h, theta);
  if (is("projected_sgd")) return optax_projected(h, theta);
  if (is("add_decayed_weights")) return down(Optimizer{WeightDecay{h.at("weight_decay")}, rate});
  return nullptr;
}

// In optax.cpp, for double only, like all recorded runs of optax.
extern template ChainOf<double> optax(const std::string&, const Json&, const Tensors<double>&);

}  // namespace oracle
