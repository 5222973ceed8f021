// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// A connection to a Varlink service.
package final class VarlinkClient {
    private let socket: Int32
    private var received: [UInt8] = []

    package init(_ path: FilePath) throws {
        socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        if socket < 0 { throw Errno(rawValue: errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.string.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        if result != 0 { throw Errno(rawValue: errno) }
        // A service that does not answer fails the test instead of blocking it.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// Sends a call, and the NUL behind it.
    package func send(_ text: String) throws { try send(bytes: Array(text.utf8) + [0]) }

    package func send(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 { throw Errno(rawValue: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The next reply; nil if the service has closed the connection.
    package func receive() throws -> JSONValue? {
        while true {
            if let end = received.firstIndex(of: 0) {
                defer { received.removeSubrange(...end) }
                return try JSONValue(parsing: String(decoding: received[..<end], as: UTF8.self))
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0, errno == ECONNRESET { return nil }
            if count < 0 { throw Errno(rawValue: errno) }
            if count == 0 { return nil }
            received += buffer[..<count]
        }
    }

    /// Whether the service has closed the connection, and everything that it sent before was received.
    package var isClosed: Bool {
        var byte: UInt8 = 0
        return received.isEmpty && recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0
    }

    package func call(_ text: String) throws -> JSONValue? {
        try send(text)
        return try receive()
    }

    /// Ends what it sends, as a program does that has no more calls.
    package func endCalls() { shutdown(socket, Int32(SHUT_WR)) }
}
