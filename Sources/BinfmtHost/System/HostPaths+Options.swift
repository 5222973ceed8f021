// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension HostPaths {
    /// What is wrong with an option.
    package struct Misuse: Error {
        package let problem: String

        package init(problem: String) { self.problem = problem }
    }

    /// Takes an option that says where the pieces are off the front of a command line, with its value.
    ///
    /// - Returns: whether there was one.
    package mutating func take(_ arguments: inout ArraySlice<String>) throws(Misuse) -> Bool {
        guard let argument = arguments.first else { return false }
        let end = argument.utf8.firstIndex(of: UInt8(ascii: "="))
        let attached = end.map { String(argument[argument.utf8.index(after: $0)...]) }
        let name = end.map { String(argument[..<$0]) } ?? argument
        func path() throws(Misuse) -> FilePath {
            guard let value = attached ?? arguments.popFirst() else { throw Misuse(problem: "\(name) needs a folder") }
            if !value.hasPrefix("/") { throw Misuse(problem: "\(name) needs an absolute path, not '\(value)'") }
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
        default: return false
        }
        return true
    }
}
