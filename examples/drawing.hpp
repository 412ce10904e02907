// SPDX-License-Identifier: MIT
#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

/// What programs that draw by gnuplot share.
namespace drawing {

/// Writes a file by fill(stream), or throws an exception that names it.
template <class Fill>
void write(const std::filesystem::path& file, Fill fill) {
  std::ofstream out{file};
  out.precision(10);
  fill(out);
  if (!out.flush())
    throw std::runtime_error{"cannot write '" + file.string() + "' (" + std::strerror(errno) +
                             "); name another folder with --out"};
}

/// Makes the folder for the pictures, before anything else takes time.
inline void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    throw std::runtime_error{"cannot make the folder '" + folder.string() + "' (" + error.message() +
                             "); name another with --out"};
}

/// Runs gnuplot and waits for it.
inline void run_gnuplot(std::vector<std::string> words) {
  words.insert(words.begin(), "gnuplot");
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "gnuplot", nullptr, nullptr, arguments.data(), environ);
  if (failed == ENOENT)
    throw std::runtime_error{"no pictures, as gnuplot is missing; on Debian: apt-get install gnuplot-nox"};
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error{"no pictures, as gnuplot failed; its message is above"};
}

}  // namespace drawing
