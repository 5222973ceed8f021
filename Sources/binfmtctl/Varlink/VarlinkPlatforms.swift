// SPDX-License-Identifier: Apache-2.0
import BinfmtHost

/// Finds out which platforms run, in another process, because that takes time, and rights of a user namespace that this
/// one must not have: it would see all files as another user's. There is only one such process at a time.
final class VarlinkPlatforms {
    private let hostPaths: HostPaths
    private var running: (program: BackgroundProgram, names: [String], clients: [VarlinkConnection])?
    private var waiting: [(client: VarlinkConnection, names: [String])] = []

    init(_ hostPaths: HostPaths) { self.hostPaths = hostPaths }

    var items: [Poll.Item] { running.map { [Poll.Item($0.program.descriptor)] } ?? [] }

    /// Asks for platforms, or for all if none is named. The result is no older than this.
    func ask(_ names: [String], for client: VarlinkConnection) {
        client.isWaiting = true
        waiting.append((client, names))
        start()
    }

    /// Forgets a client.
    func remove(_ client: VarlinkConnection) {
        waiting.removeAll { $0.client === client }
        running?.clients.removeAll { $0 === client }
    }

    /// Reads output, and replies when there is all of it.
    func handle() {
        guard let running, let output = running.program.read() else { return }
        self.running = nil
        var text = String(decoding: output, as: UTF8.self)
        while text.last?.isNewline == true { text.removeLast() }
        for client in running.clients {
            let isLost = text.isEmpty
            client.reply(isLost ? VarlinkReply.failure("binfmtctl has failed") : VarlinkReply.text(text))
        }
        start()
    }

    private func start() {
        guard running == nil, let names = waiting.first?.names else { return }
        let clients = waiting.filter { $0.names == names }.map(\.client)
        waiting.removeAll { $0.names == names }
        do {
            running = (try BackgroundProgram(own: arguments + names), names, clients)
        } catch {
            for client in clients { client.reply(VarlinkReply.failure("cannot run binfmtctl: \(error)")) }
        }
    }

    private var arguments: [String] {
        ["platforms", "--json"] + hostPaths.arguments + ["--"]
    }
}
