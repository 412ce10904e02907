// SPDX-License-Identifier: MIT
#pragma once

// gradus without xtensor: the optimizer, every policy, schedule and recipe, standard containers, SIMD, the driver.

#include <gradus/backend/serial.hpp>
#include <gradus/backend/simd.hpp>
#include <gradus/compose/explain.hpp>
#include <gradus/compose/optimizer.hpp>
#include <gradus/drive/check_gradient.hpp>
#include <gradus/drive/maximize.hpp>
#include <gradus/policy/ada_delta.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/centered_adaptive.hpp>
#include <gradus/policy/clip.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/infinity_adaptive.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/log.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/nesterov.hpp>
#include <gradus/policy/rectified_adaptive.hpp>
#include <gradus/policy/refuse_non_finite.hpp>
#include <gradus/policy/resilient.hpp>
#include <gradus/policy/scheduled_momentum.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/policy/summed_adaptive.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/recipe/adadelta.hpp>
#include <gradus/recipe/adagrad.hpp>
#include <gradus/recipe/adam.hpp>
#include <gradus/recipe/adamax.hpp>
#include <gradus/recipe/adamw.hpp>
#include <gradus/recipe/gradient_ascent.hpp>
#include <gradus/recipe/nadam.hpp>
#include <gradus/recipe/radam.hpp>
#include <gradus/recipe/rmsprop.hpp>
#include <gradus/recipe/rprop.hpp>
#include <gradus/recipe/sgd.hpp>
#include <gradus/schedule/decay.hpp>
#include <gradus/schedule/inverse_time.hpp>
#include <gradus/schedule/warmup.hpp>
#include <gradus/tensor/std.hpp>
