// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Replaces this process by another program, which then has its own exit status and receives signals itself.
package enum ProcessImage {
    /// - Parameter command: the program, looked up in `PATH` unless it has a slash, and its arguments.
    /// - Returns: the path and the errno, if it could not be executed; does not return otherwise.
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

    /// The paths at which a command is tried, in order: those of execvp(3), which in addition passes a file that is not
    /// a program to a shell.
    package static func candidates(_ name: String) -> [String] {
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        let places = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return places.split(separator: ":", omittingEmptySubsequences: false).map { place in
            place.isEmpty ? "./" + name : "\(place)/\(name)"
        }
    }
}
