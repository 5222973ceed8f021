// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Glibc
import SystemPackage

/// Answers the calls of all clients, in one process that only reads.
final class VarlinkServer {
    private let listener: FileDescriptor?
    private let methods: VarlinkMethods
    private let status: VarlinkStatus
    private let platforms: VarlinkPlatforms
    private var clients: [VarlinkConnection]

    /// The number of connections. For one more, the connection that was silent for the longest time is closed.
    private static let limit = 1024
    /// How long to wait for a client; systemd starts the service again for the next one.
    private static let patience = Duration.seconds(30)

    /// - Parameters:
    ///   - listener: a socket that accepts connections and does not block; nil to end with the last client.
    ///   - clients: those that are connected already.
    init(_ hostPaths: HostPaths, listener: FileDescriptor?, _ clients: [VarlinkConnection]) throws {
        self.listener = listener
        self.clients = clients
        status = try VarlinkStatus(hostPaths)
        platforms = VarlinkPlatforms(hostPaths)
        methods = VarlinkMethods(status, platforms)
    }

    func run() throws {
        while listener != nil || !clients.isEmpty {
            let isMonitored = clients.contains { $0.monitor != nil }
            // Nobody else waits for a change, so that it may stay in the queue.
            let own = (listener.map { [Poll.Item($0)] } ?? []) + (isMonitored ? status.items : [])
            let programs = platforms.items
            let served = clients
            let limit = isMonitored ? try status.timeToNextLook() : served.isEmpty ? Self.patience : nil
            let events = try Poll.wait(own + programs + served.flatMap(\.items), limit)
            if served.isEmpty, events.allSatisfy(\.isEmpty) { return }
            if !programs.isEmpty, !events[own.count].isEmpty { platforms.handle() }
            try serve(served, events[(own.count + programs.count)...])
            if isMonitored { try monitor() }
            if let listener, events[0].contains(.readable) { accept(from: listener) }
        }
    }

    /// Reads, answers and writes.
    ///
    /// - Parameter events: two for each client.
    private func serve(_ served: [VarlinkConnection], _ events: ArraySlice<Poll.Events>) throws {
        var gone: Set<ObjectIdentifier> = []
        for (place, client) in served.enumerated() {
            let start = events.startIndex + 2 * place
            let goesOn = try client.handle(events[start..<start + 2]) && methods.answer(client) && !client.isDone
            if !goesOn { gone.insert(ObjectIdentifier(client)) }
        }
        if !gone.isEmpty { close { gone.contains(ObjectIdentifier($0)) } }
    }

    /// Sends the status to those who monitor it, if it has changed and they have read the last one.
    private func monitor() throws {
        if let time = try status.timeToNextLook(), time <= .zero { try status.read() }
        for client in clients where !client.isSending {
            guard let monitor = client.monitor, monitor.look != status.look else { continue }
            let text = try status.textAsRead(monitor.names)
            client.monitor?.look = status.look
            if text == monitor.text { continue }
            client.monitor?.text = text
            client.reply(VarlinkReply.text(text, continues: true))
        }
    }

    // MARK: - Connections

    private func accept(from listener: FileDescriptor) {
        // Those that have come together are accepted together.
        for _ in 0..<Self.limit {
            let number = Glibc.accept(listener.rawValue, nil, nil)
            if number < 0 {
                if [.tooManyOpenFiles, .tooManyOpenFilesInSystem].contains(Errno.last) { closeTheMostSilent() }
                return
            }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
            if clients.count >= Self.limit { closeTheMostSilent() }
            clients.append(VarlinkConnection(socket: FileDescriptor(rawValue: number)))
        }
    }

    private func closeTheMostSilent() {
        guard let silent = clients.min(by: { $0.lastUse < $1.lastUse }) else { return }
        close { $0 === silent }
    }

    private func close(_ isGone: (VarlinkConnection) -> Bool) {
        for client in clients where isGone(client) { platforms.remove(client) }
        clients.removeAll(where: isGone)
    }
}
