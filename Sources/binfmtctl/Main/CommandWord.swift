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

    /// The command line with the command's name first, where options of the command precede it: `--wait 5 status`.
    static func first(in arguments: [String], among commands: [String]) -> [String] {
        let head = arguments.prefix { $0 != "--" }
        // The shells' completions have command lines of their own.
        guard let option = head.first, option.hasPrefix("-"), !option.hasPrefix("---"), find(in: arguments).isEmpty
        else {
            return arguments
        }
        let places = head.indices.filter { commands.contains(head[$0]) }
        // A word behind an option could be its value.
        guard let place = places.first(where: { !head[$0 - 1].hasPrefix("-") }) ?? places.first else {
            return arguments
        }
        var moved = arguments
        moved.insert(moved.remove(at: place), at: 0)
        return moved
    }
}
