// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Glibc
import SystemPackage

/// The connection of a client: what it has sent and is still to be answered, and what is still to be sent to it.
final class VarlinkConnection {
    private let input: FileDescriptor
    private let output: FileDescriptor
    private let ownsDescriptors: Bool
    private var received: [UInt8] = []
    /// What is to be sent, and how much of that has been.
    private var sending: (text: [UInt8], count: Int) = ([], 0)
    private var hasEnded = false

    /// What it monitors; nil if it monitors nothing.
    var monitor: Monitor?
    /// Whether a reply is being made.
    var isWaiting = false
    /// When it last sent or got something.
    private(set) var lastUse = Clock.monotonic()

    struct Monitor {
        let names: [String]
        /// The last reply, and the look that it was made after.
        var text = ""
        var look = 0
    }

    /// More bytes without an end of a call end the connection.
    private static let longestCall = 1 << 16
    /// A write of so many bytes to a pipe that is writable does not block (pipe(7)).
    private static let pipeSize = 4096

    /// - Parameter socket: does not block; it is closed with this object.
    init(socket: FileDescriptor) {
        (input, output, ownsDescriptors) = (socket, socket, true)
    }

    /// A connection that this process was started with.
    init(input: FileDescriptor, output: FileDescriptor) {
        (self.input, self.output, ownsDescriptors) = (input, output, false)
    }

    deinit { if ownsDescriptors { try? input.close() } }

    // MARK: - poll(2)

    /// What it waits for: for its client's calls, unless it has some, and to send.
    var items: [Poll.Item] {
        [
            // poll(2) ignores -1. The end of the input does not matter until it is read.
            Poll.Item(isReading ? input : FileDescriptor(rawValue: -1)),
            Poll.Item(output, isSending ? .writable : []),
        ]
    }

    /// Reads and writes what is possible.
    ///
    /// - Parameter events: those of ``items``.
    /// - Returns: whether the connection goes on.
    func handle(_ events: ArraySlice<Poll.Events>) -> Bool {
        guard let readable = events.first, let writable = events.last else { return false }
        if !writable.isDisjoint(with: .ended) { return false }
        if writable.contains(.writable), !send() { return false }
        return readable.isEmpty || receive()
    }

    /// Whether the client has ended, and everything that it sent before is answered.
    var isDone: Bool { hasEnded && !isBusy && call == nil }

    /// Whether it has to be served before it may send more.
    private var isBusy: Bool { isSending || isWaiting || monitor != nil }

    private var isReading: Bool { !hasEnded && !isBusy && call == nil }

    var isSending: Bool { sending.count < sending.text.count }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: Self.pipeSize)
        let count = read(input.rawValue, &buffer, buffer.count)
        if count < 0 { return Errno.last == .resourceTemporarilyUnavailable || Errno.last == .interrupted }
        hasEnded = count == 0
        lastUse = Clock.monotonic()
        received += buffer[..<count]
        return received.count <= Self.longestCall || call != nil
    }

    private func send() -> Bool {
        let rest = sending.text[sending.count...]
        let limit = ownsDescriptors ? rest.count : min(rest.count, Self.pipeSize)
        let count = rest.withUnsafeBytes { write(output.rawValue, $0.baseAddress, limit) }
        if count < 0 { return Errno.last == .resourceTemporarilyUnavailable || Errno.last == .interrupted }
        sending.count += count
        lastUse = Clock.monotonic()
        if !isSending { sending = ([], 0) }
        return true
    }

    // MARK: - Calls and replies

    /// The end of the first call that has been received as a whole.
    private var call: Int? { received.firstIndex(of: 0) }

    /// The text of the next call; nil while the last one is being answered, or if there is none.
    func takeCall() -> [UInt8]? {
        guard !isBusy, let call else { return nil }
        let text = Array(received[..<call])
        received.removeSubrange(...call)
        return text
    }

    /// Sends a reply. The client gets no other one before it has read this.
    func reply(_ text: [UInt8]) {
        isWaiting = false
        sending = (text, 0)
    }
}
