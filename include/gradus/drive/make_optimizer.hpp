// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/compose/optimizer.hpp>
#include <gradus/drive/any_optimizer.hpp>
#include <gradus/drive/choices.hpp>
#include <gradus/drive/nearest.hpp>

#if !defined(__cpp_exceptions)
#error "gradus: make_optimizer needs exceptions, by which nlohmann-json says what is wrong with a text"
#endif
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

namespace detail {

[[noreturn]] inline void refuse_at(const std::string& path, const std::string& sentence) {
  refuse({"at ", (path.empty() ? "the top" : path), ": ", sentence});
}

/// A part of a document as text, even where it is not valid UTF-8.
inline std::string shown(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The document of a text. An object must not have a name twice: JSON would keep only one.
inline nlohmann::json parsed(std::string_view text) {
  using Event = nlohmann::json::parse_event_t;
  std::vector<std::set<std::string>> open;
  const auto look = [&](int, Event event, nlohmann::json& value) {
    if (event == Event::object_start) open.emplace_back();
    if (event == Event::object_end) open.pop_back();
    if (event == Event::key && !open.back().insert(value.get<std::string>()).second)
      refuse({"the text has ", shown(value), " twice in an object; leave one out"});
    return true;
  };
  try {
    return nlohmann::json::parse(text, look);
  } catch (const nlohmann::json::exception& error) {
    refuse({"the text is no JSON: ", error.what()});
  }
}

[[noreturn]] inline void refuse_type(const std::string& path, const nlohmann::json& value, const char* remedy) {
  refuse_at(path, shown(value) + " is of type " + value.type_name() + "; give " + remedy);
}

[[noreturn]] inline void refuse_name(const std::string& path, const std::string& sentence, std::string_view name,
                                     const std::vector<std::string_view>& names) {
  refuse_at(path, sentence + (names.empty() ? "" : "; " + suggestion(name, names)));
}

/// One policy that a text asks for.
struct AskedPolicy {
  std::string path;  ///< where its values stand
  std::string name;
  nlohmann::json values;
};

inline AskedPolicy asked_policy(const std::string& path, const nlohmann::json& entry) {
  if (entry.is_string()) return {path, entry.get<std::string>(), nlohmann::json::object()};
  constexpr const char* form = "a policy's name, or {name: {hyper-parameter: value, ...}}";
  if (!entry.is_object() || entry.size() != 1) refuse_type(path, entry, form);
  const std::string& name = entry.begin().key();
  if (!entry.front().is_object()) refuse_type(path + "/" + name, entry.front(), form);
  return {path + "/" + name, name, entry.front()};
}

inline std::vector<AskedPolicy> asked_policies(const nlohmann::json& document) {
  if (!document.is_array()) refuse_type("", document, "an array of policies");
  std::vector<AskedPolicy> all;
  for (const auto& entry : document) all.push_back(asked_policy("/" + std::to_string(all.size()), entry));
  return all;
}

/// Reads a number into a hyper-parameter. JSON has no infinity: a string stands for it.
inline void read_value(const std::string& path, const nlohmann::json& value, double& to) {
  if (value == "inf") to = std::numeric_limits<double>::infinity();
  else if (value == "-inf") to = -std::numeric_limits<double>::infinity();
  else if (value.is_number()) to = value.get<double>();
  else refuse_type(path, value, "a number, or \"inf\"");
}
template <std::integral Integer>
void read_value(const std::string& path, const nlohmann::json& value, Integer& to) {
  if (value.is_number_float() && value == std::trunc(value.get<double>()) && std::abs(value.get<double>()) < 0x1p53)
    return read_value(path, nlohmann::json(static_cast<std::int64_t>(value.get<double>())), to);  // 1e3
  if (!value.is_number_integer()) refuse_type(path, value, "an integer");
  const auto take = [&](auto number) {
    if (!std::in_range<Integer>(number))
      refuse_at(path, shown(value) + " is out of range; give an integer from " +
                          text(std::numeric_limits<Integer>::min()) + " to " +
                          text(std::numeric_limits<Integer>::max()));
    to = static_cast<Integer>(number);
  };
  if (value.is_number_unsigned()) take(value.get<std::uint64_t>());
  else take(value.get<std::int64_t>());
}
template <std::size_t N>
void read_value(const std::string& path, const nlohmann::json& value, std::array<double, N>& to) {
  if (!value.is_array() || value.size() != N)
    refuse_type(path, value, ("an array of " + std::to_string(N) + " numbers").c_str());
  for (std::size_t k = 0; k < N; ++k) read_value(path + "/" + std::to_string(k), value[k], to[k]);
}

/// Reads a value into the policy's hyper-parameter of this name. False if it has none; `names` then has all of them.
template <class P>
bool read_named(P& policy, const std::string& path, std::string_view name, const nlohmann::json& value,
                std::vector<std::string_view>& names) {
  bool found = false;
  if constexpr (HasLimits<P>)
    P::limits.all([&](const auto& limit) {
      names.push_back(limit.name);
      if (limit.name != name || std::exchange(found, true)) return true;
      read_value(path, value, policy.*limit.member);
      if (!Keeps<P>{policy, precision_of<double>}(limit))
        refuse_limit(limit, policy, {"at " + path + ": ", type_name<P>(), name}, precision_of<double>);
      return true;
    });
  return found;
}

/// The policy with its documented defaults, except for what a text sets.
template <class P>
P read_policy(const AskedPolicy& asked) {
  P policy{};
  for (const auto& item : asked.values.items()) {
    std::vector<std::string_view> names;
    if (!read_named(policy, asked.path + "/" + item.key(), item.key(), item.value(), names))
      refuse_name(asked.path, asked.name + " has no " + item.key() + " that a text sets", item.key(), names);
  }
  gradus::check_limits<double>(policy, "at " + asked.path + ": ");
  return policy;
}

}  // namespace detail

/// The optimizer that a JSON text asks for: an array of policies in order, each by its name alone or with
/// hyper-parameters; those left out keep their defaults. `"inf"` and `"-inf"` are infinite.
///
///     ["Clip", {"Momentum": {"factor": 0.95}}, "Nesterov", {"LearningRate": {"rate": 0.1}}]
///
/// `Among` are the compositions that the program has, each with its own pass; the first that matches is taken.
///
///     using Any = gradus::AnyOptimizer<std::vector<float>>;
///     using Mine = gradus::Choices<gradus::Maybe<gradus::Clip>, gradus::Momentum, gradus::LearningRate>;
///     Any optimizer = gradus::make_optimizer<Any, Mine>(text);
///
/// Cost    every composition in `Among` is compiled.
/// Errors  `Refused`, with the place in the document where it has one: text that is not JSON, an unknown policy or
///         hyper-parameter (with the nearest name), a wrong type, a value out of range, and a composition that the
///         program lacks.
template <class Any, class... Among>
Any make_optimizer(const std::same_as<nlohmann::json> auto& document) {
  const auto asked = detail::asked_policies(document);
  std::vector<std::string_view> names, known;
  for (const auto& policy : asked) names.push_back(policy.name);
  for (const auto& all : {Among::names()...}) known.insert(known.end(), all.begin(), all.end());
  for (const auto& policy : asked)
    if (!std::ranges::count(known, policy.name))
      detail::refuse_name(policy.path, "there is no policy " + policy.name + " in this program", policy.name, known);

  std::optional<Any> made;
  const auto make = [&]<class... P>(Choices<P...>) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      made = Optimizer<P...>{detail::read_policy<P>(asked[I])...};
    }(std::index_sequence_for<P...>{});
  };
  if ((Among::find(names, make) || ...)) return *std::move(made);
  std::string has;
  ((has += (has.empty() ? "" : ", or ") + Among::text()), ...);
  detail::refuse_at("", "these policies in this order are not in the program, which has " + has);
}

/// The same for a text yet to be parsed.
template <class Any, class... Among>
Any make_optimizer(std::string_view text) {
  return make_optimizer<Any, Among...>(detail::parsed(text));
}

}  // namespace gradus
