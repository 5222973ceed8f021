// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension HostPaths {
    /// An error in a command-line option.
    package struct Misuse: Error {
        package let problem: String

        package init(problem: String) { self.problem = problem }
    }

    /// Removes a path option, with its value, from the front of a command line.
    ///
    /// - Returns: whether there was such an option.
    package mutating func take(_ arguments: inout ArraySlice<String>) throws(Misuse) -> Bool {
        guard let argument = arguments.first else { return false }
        let end = argument.utf8.firstIndex(of: UInt8(ascii: "="))
        let attached = end.map { String(argument[argument.utf8.index(after: $0)...]) }
        let name = end.map { String(argument[..<$0]) } ?? argument
        func path() throws(Misuse) -> FilePath {
            guard let value = attached ?? arguments.popFirst() else {
                throw Misuse(problem: "\(name) requires a directory")
            }
            if !value.hasPrefix("/") { throw Misuse(problem: "\(name) requires an absolute path, not '\(value)'") }
            return FilePath(value)
        }
        switch (name, attached) {
        case ("--root", _):
            arguments.removeFirst()
            root = try path()
        case ("--registry", _):
            arguments.removeFirst()
            registry = try path()
        case ("--mount", nil):
            arguments.removeFirst()
            mounts = true
        case ("--trust-configuration", nil):
            arguments.removeFirst()
            trustsConfiguration = true
        default: return false
        }
        return true
    }
}
