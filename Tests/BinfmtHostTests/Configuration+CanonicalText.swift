// SPDX-License-Identifier: Apache-2.0
@testable import BinfmtCore

extension Configuration {
    /// The text for a fixture: the settings, then the entries in matching order, then the issues. Built-in offers are
    /// only counted.
    var canonicalText: String {
        var text = "foreign \(daemon.foreignPolicy.rawValue), binfmt-d \(daemon.readsBinfmtD), "
        text += "binfmts \(daemon.readsBinfmts)\n"
        let offers = entries.filter { $0.isOffer && $0.location == nil }
        if !offers.isEmpty { text += "\(offers.count) offers of QEMU's\n" }
        for entry in entries.reversed() where !(entry.isOffer && entry.location == nil) {
            let place = entry.location.map { " (\($0.place))" } ?? ""
            guard let recognition = entry.recognition, entry.isEnabled else {
                text += "\(entry.name): disabled\(place)\n"
                continue
            }
            let candidates = entry.interpreters.map(\.string).joined(separator: " or ")
            text += "\(entry.name): \(recognition), \(recognition.handler?.interpreterList ?? candidates)"
            if !entry.flags.isEmpty { text += ", \(entry.flags.letters)" }
            text += ", priority \(entry.priority)"
            if entry.isOffer { text += ", an offer" }
            if entry.needsInterpreter { text += " if installed" }
            if entry.allowsNative { text += ", allowed to take native programs" }
            if entry.allowsUnsafeInterpreter { text += ", allows an unsafe interpreter" }
            if let detector = entry.missingDetector {
                text += ", refused: \(WithheldReason.detectorMissing(detector: detector))"
            }
            text += place + "\n"
        }
        for mask in masked { text += "\(mask.name): masked by \(mask.mask.file)\n" }
        for issue in issues { text += "\(issue.severity.rawValue): \(issue)\n" }
        return text
    }
}
