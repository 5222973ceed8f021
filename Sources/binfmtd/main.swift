// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// sysexits(3).
let usageError: Int32 = 64

func complain(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll("binfmtd: \(text.printable)\n".utf8)
}

do {
    let options = try Options(CommandLine.arguments.dropFirst())
    switch options.wants {
    case .help: print(Options.help, terminator: "")
    case .version: print("binfmtd \(Version.current)")
    case .run:
        StandardFiles.fill()
        // A reader of standard error that ends must not end this.
        signal(SIGPIPE, SIG_IGN)
        EventLoop.block([SIGTERM, SIGINT, SIGHUP, SIGUSR1])
        Memory.keepUntilGivenBack()
        try Daemon(options).run()
    }
} catch let misuse as HostPaths.Misuse {
    complain("\(misuse.problem); see binfmtd --help")
    exit(usageError)
} catch {
    complain("fatal: \(error)")
    exit(EXIT_FAILURE)
}
