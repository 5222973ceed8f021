// SPDX-License-Identifier: Apache-2.0
import BinfmtHost

/// The daemon's command line.
struct Options {
    var hostPaths = HostPaths()
    var wants = Wants.run

    enum Wants { case run, help, version }

    static let help = """
        Usage: binfmtd [OPTION]...
        Keeps the kernel's binfmt_misc as the files below /etc/binfmtd declare it.

          --root DIR       look for configuration, and keep state, below DIR
          --registry DIR   where binfmt_misc is mounted (default \(HostPaths.standardRegistry))
          --mount          mount it there if nothing has
          --version        print the version
          --help           print this text

        Signals: HUP reloads the configuration, USR1 logs every entry, TERM and INT
        stop the daemon; the entries stay. See binfmtd(8) and binfmtd.toml(5).

        """

    /// - Parameter arguments: without the program's name.
    /// - Throws: what is wrong with them.
    init(_ arguments: some Sequence<String>) throws(HostPaths.Misuse) {
        var rest = Array(arguments)[...]
        while true {
            if try hostPaths.take(&rest) { continue }
            switch rest.popFirst() {
            case nil: return
            case "--version": wants = .version
            case "--help", "-h": wants = .help
            case let option?: throw HostPaths.Misuse(problem: "unknown option '\(option)'")
            }
        }
    }
}
