// SPDX-License-Identifier: Apache-2.0
import BinfmtHost

/// The daemon's command line.
struct Options {
    var hostPaths = HostPaths()
    var wants = Wants.run

    enum Wants { case run, help, version }

    static let help = """
        Usage: binfmtd [OPTION]...
        Keep the declared entries registered in the kernel's binfmt_misc.

          --root DIR       use the configuration and the state below DIR
          --registry DIR   mount point of binfmt_misc (default: \(HostPaths.standardRegistry))
          --mount          mount binfmt_misc there if it is not mounted
          --trust-configuration
                           also use configuration files that users other than
                           root can modify
          --version        print the version
          --help           print this text

        Signals:
          HUP              reload the configuration
          USR1             log the state of every entry
          TERM, INT        stop, and leave the entries registered

        See binfmtd(8) and binfmtd.toml(5).

        """

    /// - Parameter arguments: the arguments, without the program's name.
    /// - Throws: the first error in them.
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
