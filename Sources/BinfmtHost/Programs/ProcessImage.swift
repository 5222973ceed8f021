// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Puts another program into this process's place: its exit status and the signals that reach it are then its own.
package enum ProcessImage {
    /// - Parameter command: the program, looked up in `PATH` unless it has a slash, and its arguments.
    /// - Returns: why it could not be executed, and at which path; only then.
    package static func replace(with command: [String]) -> (path: String, error: Errno) {
        guard let name = command.first, !name.isEmpty else { return ("", .noSuchFileOrDirectory) }
        var arguments = command.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var refused: (String, Errno)?
        for path in candidates(name) {
            execv(path, arguments)
            let error = Errno.last
            if error != .noSuchFileOrDirectory, error != .notDirectory { refused = refused ?? (path, error) }
        }
        return refused ?? (name, .noSuchFileOrDirectory)
    }

    /// Where a command may be, in the order in which it is tried: as execvp(3) has it, but for its habit to hand what is
    /// no program to a shell.
    package static func candidates(_ name: String) -> [String] {
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        let places = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return places.split(separator: ":", omittingEmptySubsequences: false).map { place in
            place.isEmpty ? "./" + name : "\(place)/\(name)"
        }
    }
}
