// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost
import Glibc
import SystemPackage

struct VarlinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "varlink",
        abstract: "Serve the state of the host to other programs, by Varlink.",
        discussion: """
            Serves the interface io.binfmtd on the socket that systemd passes, or else on standard input and output. \
            It only reads, and needs no privileges. binfmtd-varlink.socket starts it when a program connects to \
            /run/binfmtd/io.binfmtd.

            Examples:
              varlinkctl call /run/binfmtd/io.binfmtd io.binfmtd.GetStatus '{}'
              varlinkctl call --more /run/binfmtd/io.binfmtd io.binfmtd.Monitor '{}'
            """
    )

    @OptionGroup var host: HostOptions

    /// Declared only to be rejected: the output has its own format.
    @OptionGroup(visibility: .private) var format: FormatOptions

    func validate() throws {
        if format.json { throw ValidationError("'varlink' always prints JSON.") }
    }

    func run() throws {
        // That a client has ended is seen by write(2).
        signal(SIGPIPE, SIG_IGN)
        guard let socket = Self.passedSocket else {
            let client = VarlinkConnection(input: .standardInput, output: .standardOutput)
            return try VarlinkServer(host.hostPaths, listener: nil, [client]).run()
        }
        _ = fcntl(socket.rawValue, F_SETFD, FD_CLOEXEC)
        _ = fcntl(socket.rawValue, F_SETFL, O_NONBLOCK)
        if Self.isListening(socket) {
            try VarlinkServer(host.hostPaths, listener: socket, []).run()
        } else {
            try VarlinkServer(host.hostPaths, listener: nil, [VarlinkConnection(socket: socket)]).run()
        }
    }

    /// The first socket that systemd has passed (sd_listen_fds(3)); nil if it has passed none.
    private static var passedSocket: FileDescriptor? {
        func number(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
        guard number("LISTEN_PID") == getpid(), let count = number("LISTEN_FDS"), count > 0 else { return nil }
        return FileDescriptor(rawValue: 3)
    }

    private static func isListening(_ socket: FileDescriptor) -> Bool {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket.rawValue, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0
    }
}
