// SPDX-License-Identifier: Apache-2.0
import BinfmtHost

/// The status that clients ask for. It is read once for all of them, and again when something may have changed.
final class VarlinkStatus {
    private let hostPaths: HostPaths
    private let watch: HostWatch
    private var status: HostStatus?
    private var readAt = Duration.zero
    private var hasChanged = true
    /// How often the status was read.
    private(set) var look = 0
    /// Replies by the names of entries that were asked for.
    private var texts: [[String]: String] = [:]

    /// Mounts raise no event.
    private static let longestUse = Duration.seconds(1)
    /// Other programs may cause events all the time.
    private static let pause = Duration.milliseconds(100)

    init(_ hostPaths: HostPaths) throws {
        self.hostPaths = hostPaths
        watch = try HostWatch(hostPaths)
        try watch.watch()
    }

    var items: [Poll.Item] { watch.items }

    /// - Returns: the time until the status should be read for those who monitor it; nil if nothing has changed.
    func timeToNextLook() throws -> Duration? {
        if try watch.takeChange() { hasChanged = true }
        return hasChanged ? max(.zero, readAt + Self.pause - Clock.monotonic()) : nil
    }

    /// The status of these entries now, or of all if none is named, as JSON.
    func text(_ names: [String]) throws -> String {
        if try watch.takeChange() { hasChanged = true }
        if hasChanged || Clock.monotonic() - readAt > Self.longestUse { try read() }
        return try textAsRead(names)
    }

    /// The same as of the last look.
    func textAsRead(_ names: [String]) throws -> String {
        if let text = texts[names] { return text }
        guard let whole = status else { return try text(names) }
        let status =
            if let snapshot = whole.snapshot, !names.isEmpty {
                HostStatus(hostPaths, snapshot, whole.daemon, names: names)
            } else { whole }
        let text = try VarlinkReply.json(StatusDocument(status))
        if texts.count < Self.keptTexts { texts[names] = text }
        return text
    }

    private static let keptTexts = 64

    func read() throws {
        texts = [:]
        look += 1
        hasChanged = false
        readAt = Clock.monotonic()
        let status = HostStatus(hostPaths)
        self.status = status
        try watch.watch(status.interpreters)
    }
}
