// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The current problems: each is logged when it begins, not at every pass, and `binfmtctl status` shows it while it
/// lasts.
struct Complaints {
    /// Problems that the last pass found.
    var ofPass: [Message] = []
    /// The reasons why changes of files, or of the registry, cannot be watched.
    var fileWatchFailure: Errno?
    var registryWatchFailure: Errno?
    /// The reason why the status file is outdated.
    var statusFailure: (path: FilePath, error: Errno)?
    /// Texts that have been logged, so that a lasting problem is logged once.
    private var logged: Set<String> = []
    private var limit = LogLimit()
    /// The configuration files that had errors at the last pass.
    private var brokenFiles: Set<String> = []

    /// Logs the problems that have not been logged yet.
    mutating func log(to journal: Journal) {
        let messages = all
        let now = Clock.monotonic()
        for message in messages where !logged.contains(message.text) {
            switch limit.answer(message.text, at: now) {
            case .log: journal.log(message)
            case .logLast:
                journal.log(message.withRemark("too many messages: more of this within a minute is not logged"))
            case .drop: break
            }
        }
        logged = Set(messages.map(\.text))
        let files = Set(messages.compactMap(\.brokenFile))
        for file in brokenFiles.subtracting(files).sorted() { journal.log(.fixed(file)) }
        brokenFiles = files
    }

    /// The texts of those that are errors.
    var errors: [String] { all.filter { $0.level == .error }.map(\.text) }

    private var all: [Message] {
        var messages = ofPass
        for (what, failure) in [("files", fileWatchFailure), ("the registry", registryWatchFailure)] {
            guard let failure else { continue }
            let text = "cannot watch \(what): \(failure); polling instead"
            messages.append(Message(.error, .internalState, text))
        }
        if let (path, error) = statusFailure {
            let text = "cannot write \(path): \(error); binfmtctl status may be outdated"
            messages.append(Message(.warning, .internalState, text))
        }
        return messages
    }
}
