// SPDX-License-Identifier: MIT

// replay DIR...: replays every case file below the given folders through the library. README.md describes a case.

#include "clip_calls.hpp"
#include "optax.hpp"
#include "quirks.hpp"
#include "schedules.hpp"
#include "seed.hpp"
#include "torch.hpp"
#include "trajectory.hpp"

#include <algorithm>
#include <concepts>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace oracle;

/// The library's composition for a record's optimizer; none if the library has none.
template <class T>
ChainOf<T> chain_of(const Json& record, const Tensors<T>& theta) {
  const std::string optimizer = record.value("optimizer", "");
  if (record.contains("scheduler")) return optimizer == "sgd" ? scheduled_sgd(record, theta) : nullptr;
  if (record.contains("averaging")) return optimizer == "sgd" ? averaged_sgd(record, theta) : nullptr;
  if (optimizer == "seed") return seed(record, theta);
  if (optimizer == "seed_damped") return record.contains("clipping") ? nullptr : seed_damped(record, theta);
  if (!optimizer.starts_with("optax.")) return torch(record, theta);
  if constexpr (std::same_as<T, double>) return optax(optimizer.substr(6), record.at("hyperparameters"), theta);
  return nullptr;
}

/// How far the library is off a record; nothing if it has no such optimizer.
template <class T>
std::optional<Deviation> replay(const Json& record) {
  const std::string kind = record.at("kind");
  if (kind == "clip") return replay_clip_calls<T>(record);
  if (kind == "schedule") return replay_schedule(record);
  if (kind == "nonfinite") return replay_nonfinite<T>(record);
  if (kind == "log") return replay_log<T>(record);
  if (kind != "trajectory" && kind != "benchmark") return {};
  const auto chain = chain_of(record, converted<T>(initial_values(record)));
  if (!chain) return {};
  return Trajectory(record).replay(*chain);
}

struct Totals {
  int ok = 0, failed = 0, not_supported = 0;
  double worst = 0;
};

void replay_file(const std::filesystem::path& path, Totals& totals) {
  std::string name = path.string();
  const auto fail = [&](const std::string& why) {
    ++totals.failed;
    std::cout << name << ": FAILED, " << why << "\n";
  };
  try {
    std::ifstream file(path);
    const Json record = Json::parse(file);
    name = record.at("case");
    const auto deviation = record.value("dtype", "") == "float32" ? replay<float>(record) : replay<double>(record);
    if (!deviation) {
      ++totals.not_supported;
      std::cout << name << ": not supported\n";
    } else if (deviation->worst() > 1) {
      fail(gradus::detail::text(deviation->worst()) + " times the tolerance at " + deviation->where());
    } else if (deviation->compared() == 0) {
      fail("it holds nothing to compare");
    } else {
      ++totals.ok;
      totals.worst = std::max(totals.worst, deviation->worst());
      std::cout << name << ": ok\n";
    }
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

std::vector<std::filesystem::path> case_files(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int count, char** arguments) try {
  Totals totals;
  std::vector<std::string> folders(arguments + 1, arguments + count);
  const bool complete = std::erase(folders, "--complete") != 0;
  for (const auto& folder : folders)
    for (const auto& file : case_files(folder)) replay_file(file, totals);
  if (totals.ok + totals.failed + totals.not_supported == 0) {
    std::cerr << "usage: replay [--complete] DIR...   (no case file was found)\n";
    return EXIT_FAILURE;
  }
  std::cout << totals.ok << " ok, " << totals.failed << " FAILED, " << totals.not_supported << " not supported; "
            << "the largest deviation that passed is " << gradus::detail::text(totals.worst) << " of its tolerance\n";
  return totals.failed == 0 && !(complete && totals.not_supported != 0) ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
  std::cerr << "replay: " << error.what() << "\n";
  return EXIT_FAILURE;
}
