// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// Logs what passes did. What one incident caused comes in many passes; the first is logged at once, and all that follow
/// within half a second together.
final class EventLog {
    private let journal: Journal
    private var timer: EventSource?
    private var isCollecting = false
    private var deeds: Deeds?
    /// The entries whose repair was logged as the window began.
    private var repaired: Set<EntryName> = []
    private var repeated = RepeatedRepairs()

    /// The longest time between a deed and its message.
    private static let window = Duration.milliseconds(500)

    init(_ loop: EventLoop, _ journal: Journal) throws(Errno) {
        self.journal = journal
        timer = try loop.timer { [unowned self] in endWindow() }
    }

    /// - Parameter isUrgent: whether somebody waits for the messages, as of a reload.
    func add(_ new: Deeds, isUrgent: Bool) {
        var new = new
        let (silent, fights) = repeated.note(new.changes, at: Clock.monotonic())
        new.leaveOut { $0.isRepair && silent.contains($0.name) }
        if let message = fights.message { journal.log(message) }
        if isCollecting { new.leaveOutRepetitions(of: repaired) }
        if new.isEmpty { return }
        deeds?.add(new)
        deeds = deeds ?? new
        if isUrgent { return flush() }
        if !isCollecting { beginWindow() }
    }

    /// Logs what has been collected.
    func flush() {
        guard let deeds else { return }
        self.deeds = nil
        for message in deeds.messages { journal.log(message) }
    }

    private func beginWindow() {
        repaired = deeds?.repaired ?? []
        flush()
        do {
            try timer?.arm(after: Self.window)
            isCollecting = true
        } catch { isCollecting = false }
    }

    private func endWindow() {
        isCollecting = false
        if deeds != nil { beginWindow() }
    }
}
