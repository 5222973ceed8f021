// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CSystemd
import Glibc

/// The destination of messages: journald, with their fields, if standard error leads there; otherwise standard error,
/// with the levels of sd-daemon(3) if systemd started the daemon, because nothing else reads them.
struct Journal {
    private enum Destination { case journal, plain, levels }

    private let destination: Destination

    init() {
        if Self.isStandardErrorTheJournal() {
            destination = .journal
        } else {
            // systemd.exec(5) gives every service an invocation ID.
            destination = getenv("INVOCATION_ID") == nil ? .plain : .levels
        }
    }

    func log(_ message: Message) {
        // A text may quote a file or another program's entry, whose line break must not begin a line of the log.
        let text = message.text.printable
        if destination == .journal, send(message, text) { return }
        let level = destination == .plain ? "" : "<\(message.level.rawValue)>"
        let line = Array("\(level)\(text)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// - Returns: whether journald took it.
    private func send(_ message: Message, _ text: String) -> Bool {
        var fields = [
            "MESSAGE=\(text)", "PRIORITY=\(message.level.rawValue)", "MESSAGE_ID=\(message.kind.rawValue)",
            "SYSLOG_IDENTIFIER=binfmtd",
        ]
        fields += message.fields.map { "\($0.name)=\($0.value)" }
        let bytes = fields.map { Array($0.utf8) }
        // One buffer for all fields, so that every pointer into it is valid during the call.
        let buffer = Array(bytes.joined())
        return buffer.withUnsafeBytes { memory in
            var position = 0
            let vectors = bytes.map { field in
                defer { position += field.count }
                let start = memory.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + position) }
                return iovec(iov_base: start, iov_len: field.count)
            }
            return sd_journal_sendv(vectors, Int32(vectors.count)) >= 0
        }
    }

    /// `JOURNAL_STREAM` holds the device and inode of the stream that systemd connected (systemd.exec(5)).
    private static func isStandardErrorTheJournal() -> Bool {
        guard let stream = getenv("JOURNAL_STREAM") else { return false }
        var information = stat()
        guard fstat(STDERR_FILENO, &information) == 0 else { return false }
        return String(cString: stream) == "\(information.st_dev):\(information.st_ino)"
    }
}
