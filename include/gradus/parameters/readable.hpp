// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/type_name.hpp>
#include <gradus/parameters/set.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/size.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace gradus {

/// The gradient of a leaf that has none.
struct NoGradient {};

namespace detail {

template <class G>
struct given_gradient {
  using type = NoGradient;
};
template <class T>
struct given_gradient<std::optional<T>> {
  using type = T;
};
template <class T>
struct given_gradient<const std::optional<T>> {
  using type = const T;
};

template <class X>
constexpr bool from_library(std::string_view space) {
  return full_type_name<std::remove_cvref_t<X>>().starts_with(space);
}

template <class X>
constexpr bool is_node_container() {
  return from_library<X>("std::list<") || from_library<X>("std::__cxx11::list<") ||
         from_library<X>("std::forward_list<") || from_library<X>("std::set<");
}

template <class X>
inline constexpr bool floating = false;
template <Tensor X>
inline constexpr bool floating<X> = std::floating_point<element_t<X>>;

// Says in one sentence why X is no tensor and no set; never instantiated for one that is.
template <class X>
constexpr bool explain_foreign() {
  static_assert(!is_node_container<X>(),
                "gradus: a std::list, std::forward_list or std::set keeps its elements apart and cannot be stepped; "
                "use a std::vector or std::array");
  static_assert(!from_library<X>("Eigen::"),
                "gradus: this is an Eigen type; add #include <gradus/tensor/eigen.hpp>");
  static_assert(!from_library<X>("arma::"),
                "gradus: this is an Armadillo type; add #include <gradus/tensor/armadillo.hpp>");
  static_assert(!from_library<X>("at::") && !from_library<X>("torch::"),
                "gradus: this is a libtorch type; add #include <gradus/tensor/torch.hpp>");
  static_assert(!from_library<X>("thrust::"),
                "gradus: this is a Thrust type; add #include <gradus/tensor/thrust.hpp>");
  static_assert(!from_library<X>("xt::"),
                "gradus: this is an xtensor type; add #include <gradus/tensor/xtensor.hpp>");
  constexpr bool named = is_node_container<X>() || from_library<X>("Eigen::") || from_library<X>("arma::") ||
                         from_library<X>("at::") || from_library<X>("torch::") || from_library<X>("thrust::") ||
                         from_library<X>("xt::");
  static_assert(named,
                "gradus: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, "
                "or name its members with BOOST_HANA_DEFINE_STRUCT");
  return false;
}

// Of the parameters alone, so that one mistake is one error however many calls make it.
template <class Theta>
constexpr bool explain_parameter() {
  if constexpr (!floating<Theta>) {
    static_assert(floating<Theta>,
                  "gradus: the parameters are integers, which a small step cannot move; use float or double");
    return false;
  } else if constexpr (LazyTensor<Theta>) {
    constexpr bool stored = !LazyTensor<Theta>;
    static_assert(stored,
                  "gradus: the parameters are an expression and cannot be written; parameters come first, then the "
                  "gradient");
    return false;
  } else if constexpr (read_only<Theta>()) {
    static_assert(!read_only<Theta>(),
                  "gradus: the parameters are const and cannot be stepped; pass them as they may be written "
                  "(parameters come first, then the gradient)");
    return false;
  } else {
    return true;
  }
}

template <class Theta, class G>
constexpr bool explain_gradient() {
  if constexpr (std::same_as<G, NoGradient>) {
    return true;
  } else if constexpr (Tensor<G>) {
    constexpr bool same = std::same_as<element_t<Theta>, element_t<G>> || (LazyTensor<G> && floating<G>);
    static_assert(same,
                  "gradus: the gradient has another element type than the parameters; store it in theirs, or pass an "
                  "expression that converts it");
    return same;
  } else if constexpr (TensorSet<G>) {
    constexpr bool tensor = Tensor<G>;
    static_assert(tensor,
                  "gradus: the gradient is a set of tensors where the parameters are one tensor; give it their shape");
    return false;
  } else {
    return explain_foreign<G>();
  }
}

template <class Theta, class G>
constexpr bool same_kind() {
  if constexpr (std::same_as<G, NoGradient>) return true;
  else if constexpr (NamedStruct<Theta>) return std::same_as<std::remove_cv_t<Theta>, G>;
  else if constexpr (NamedMap<Theta>) return NamedMap<G>;
  else if constexpr (Sequence<Theta>) return Sequence<G>;
  else if constexpr (TupleLike<Theta> && TupleLike<G>)
    return std::tuple_size_v<std::remove_cv_t<Theta>> == std::tuple_size_v<G>;
  else return false;
}

// The type of part I of a set, const where the set is; every part of a sequence or map is part 0.
template <class S, std::size_t I>
auto part_of(S& set) {
  const auto pointer = [](auto& part) { return &part; };
  if constexpr (std::same_as<S, NoGradient>) return pointer(set);
  else if constexpr (NamedStruct<S>)
    return pointer(boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<std::remove_const_t<S>>()))(set));
  else if constexpr (NamedMap<S>) return pointer(set.begin()->second);
  else if constexpr (Sequence<S>) return pointer(set[0]);
  else return pointer(std::get<I>(set));
}
template <class S, std::size_t I>
using Part = std::remove_pointer_t<decltype(part_of<S, I>(std::declval<S&>()))>;

template <class S>
constexpr std::size_t part_count() {
  if constexpr (NamedStruct<S>)
    return decltype(boost::hana::size(boost::hana::accessors<std::remove_const_t<S>>()))::value;
  else if constexpr (TupleLike<S>) return std::tuple_size_v<std::remove_const_t<S>>;
  else return 1;
}

}  // namespace detail

/// Whether a step can read these parameters and this gradient; does not compile, with the reason in one sentence, where
/// it cannot. Stops at the first part of a set that it cannot read.
template <class Theta, class G, std::size_t I = 0>
constexpr bool readable() {
  if constexpr (MaybeGradient<G>) {
    return readable<Theta, typename detail::given_gradient<G>::type>();
  } else if constexpr (Tensor<Theta>) {
    if constexpr (!detail::explain_parameter<Theta>()) return false;
    else return detail::explain_gradient<Theta, std::remove_cv_t<G>>();
  } else if constexpr (!TensorSet<Theta>) {
    return detail::explain_foreign<Theta>();
  } else if constexpr (I == detail::part_count<Theta>()) {
    return true;
  } else {
    constexpr bool same = detail::same_kind<Theta, std::remove_cv_t<G>>();
    static_assert(same,
                  "gradus: the gradient is not a set like the parameters; give it the same struct, tuple, vector or "
                  "map of tensors");
    if constexpr (!same) return false;
    else if constexpr (!readable<detail::Part<Theta, I>, detail::Part<G, I>>()) return false;
    else return readable<Theta, G, I + (NamedStruct<Theta> || TupleLike<Theta> ? 1 : detail::part_count<Theta>())>();
  }
}

}  // namespace gradus
