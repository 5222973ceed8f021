// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What is wrong for now: logged when it begins, not at every pass, and shown by `binfmtctl status` as long as it lasts.
struct Complaints {
    /// What the last pass found wrong.
    var ofPass: [Message] = []
    /// Why a change of files, or of the registry, is not seen.
    var fileWatchFailure: Errno?
    var registryWatchFailure: Errno?
    /// Why the status file does not say how the daemon stands.
    var statusFailure: (path: FilePath, error: Errno)?
    /// The texts that are logged already.
    private var logged: Set<String> = []

    /// Logs what was not logged before.
    mutating func log(to journal: Journal) {
        let messages = all
        for message in messages where !logged.contains(message.text) { journal.log(message) }
        logged = Set(messages.map(\.text))
    }

    /// The texts of all that are errors.
    var errors: [String] { all.filter { $0.level == .error }.map(\.text) }

    private var all: [Message] {
        var messages = ofPass
        for (what, failure) in [("files", fileWatchFailure), ("the registry", registryWatchFailure)] {
            guard let failure else { continue }
            let text = "cannot watch \(what): \(failure); looking there from time to time instead"
            messages.append(Message(.error, .internalState, text))
        }
        if let (path, error) = statusFailure {
            let text = "cannot write \(path): \(error); binfmtctl status knows less than the daemon"
            messages.append(Message(.warning, .internalState, text))
        }
        return messages
    }
}
