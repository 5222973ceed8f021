// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Reads a command line as far as the word that should be a command's name.
///
/// The default command takes names of entries, so that ArgumentParser takes a misspelt command for an entry.
struct CommandWord: ParsableArguments {
    @OptionGroup var options: CommonOptions

    @Argument(parsing: .captureForPassthrough) var rest: [String] = []

    /// - Returns: that word and those after it; empty if another option than the common ones comes first, or if the
    ///   line has no word or is invalid.
    static func find(in arguments: [String]) -> [String] {
        guard let words = (try? parse(arguments))?.rest, words.first?.hasPrefix("-") == false else { return [] }
        return words
    }
}
