// SPDX-License-Identifier: MIT
// The defaults of the recipes whose recorded runs set all numbers themselves, each from the source that its page names.
#include <gradus/optimizer.hpp>

namespace {

namespace recipe = gradus::recipe;

constexpr recipe::QhAdam qhadam;  // Ma and Yarats (2019), section 5
static_assert(qhadam.nu1 == 0.7 && qhadam.nu2 == 1 && qhadam.beta1 == 0.995 && qhadam.beta2 == 0.999);
constexpr recipe::Qhm qhm;  // the same, section 3
static_assert(qhm.lr == 1 && qhm.beta == 0.999 && qhm.nu == 0.7);
static_assert(recipe::smorms3().get<gradus::SteadyAdaptive>().rate == 1e-3);  // Funk (2015)
constexpr recipe::AdaBound adabound;                                          // Luo et al. (2019), the authors' code
static_assert(adabound.lr == 1e-3 && adabound.final_lr == 0.1 && adabound.gamma == 1e-3);
constexpr recipe::AdaSqrt adasqrt;  // ensmallen
static_assert(adasqrt.lr == 0.01 && adasqrt.eps == 1e-8);
constexpr recipe::Ftml ftml;  // Zheng and Kwok (2017), the authors' code
static_assert(ftml.beta1 == 0.6 && ftml.beta2 == 0.999 && ftml.eps == 1e-8);
constexpr recipe::AdaBelief adabelief;  // optax
static_assert(adabelief.beta1 == 0.9 && adabelief.beta2 == 0.999 && adabelief.eps == 1e-16 &&
              adabelief.eps_root == 1e-16);
constexpr recipe::Adan adan;  // Xie et al. (2022), the authors' code
static_assert(adan.beta1 == 0.98 && adan.beta2 == 0.92 && adan.beta3 == 0.99 && adan.eps == 1e-8);
constexpr recipe::Adopt adopt;  // Taniguchi et al. (2024), the authors' code
static_assert(adopt.beta1 == 0.9 && adopt.beta2 == 0.9999 && adopt.eps == 1e-6);
constexpr recipe::AdEmaMix ademamix;  // Pagliardini et al. (2024)
static_assert(ademamix.beta1 == 0.9 && ademamix.beta2 == 0.999 && ademamix.beta3 == 0.9999 && ademamix.alpha == 5);
static_assert(recipe::Cocob{}.alpha == 100);                                       // Orabona and Tommasi (2017)
static_assert(recipe::Madgrad{}.lr == 1e-2 && recipe::Madgrad{}.momentum == 0.9);  // the authors' code
static_assert(recipe::Dog{}.reps_rel == 1e-6);                                     // optax
static_assert(recipe::Dowg{}.init_estim_sq_dist == 1e-4);                          // optax
static_assert(recipe::NovoGrad{}.beta1 == 0.9 && recipe::NovoGrad{}.beta2 == 0.25 && recipe::NovoGrad{}.eps == 1e-6);
static_assert(recipe::Signum{}.momentum == 0.9);  // Bernstein et al. (2018)
static_assert(recipe::Lion{}.lr == 1e-4 && recipe::Lion{}.beta1 == 0.9 && recipe::Lion{}.beta2 == 0.99);

}  // namespace
