// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import SystemPackage

/// The daemon's command line.
struct Options {
    var root: FilePath = "/"
    var registry = KernelRegistry.standardPath
    var mounts = false
    var wants = Wants.run

    enum Wants { case run, help, version }

    static let help = """
        Usage: binfmtd [OPTION]...
        Keeps the kernel's binfmt_misc as the files below /etc/binfmtd declare it.

          --root DIR       look for configuration, and keep state, below DIR
          --registry DIR   where binfmt_misc is mounted (default \(KernelRegistry.standardPath))
          --mount          mount it there if nothing has
          --version        print the version
          --help           print this text

        Signals: HUP reloads the configuration, USR1 logs every entry, TERM and INT
        stop the daemon; the entries stay. See binfmtd(8) and binfmtd.toml(5).

        """

    /// - Parameter arguments: without the program's name.
    /// - Throws: what is wrong with them.
    init(_ arguments: some Sequence<String>) throws(Misuse) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            let attached = parts.count > 1 ? String(parts[1]) : nil
            func path() throws(Misuse) -> FilePath {
                guard let value = attached ?? rest.popFirst() else { throw Misuse(problem: "\(name) needs a folder") }
                if !value.hasPrefix("/") { throw Misuse(problem: "\(name) needs an absolute path, not '\(value)'") }
                return FilePath(value)
            }
            switch (name, attached) {
            case ("--root", _): root = try path()
            case ("--registry", _): registry = try path()
            case ("--mount", nil): mounts = true
            case ("--version", nil): wants = .version
            case ("--help", nil), ("-h", nil): wants = .help
            default: throw Misuse(problem: "unknown option '\(argument)'")
            }
        }
    }

    struct Misuse: Error {
        let problem: String
    }
}
