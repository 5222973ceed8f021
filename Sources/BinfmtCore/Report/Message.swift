// SPDX-License-Identifier: Apache-2.0

/// One line for the journal.
package struct Message: Hashable, Sendable {
    /// The priorities of syslog(3) that are used.
    package enum Level: UInt8, Sendable {
        /// Something could not be done.
        case error = 3
        /// Something is wrong, but the pass went on.
        case warning = 4
        /// The system was changed.
        case notice = 5
        case info = 6
        /// Of no concern unless something else is wrong.
        case debug = 7
    }

    /// The message ID. Each kind has an entry in the message catalog.
    package enum Kind: String, Sendable, CaseIterable {
        case served = "d13e0615b5cb421c9884541981a72efb"
        case restored = "6df5258b6fe640b190a1bf54db3476b4"
        case registered = "ffc12b23bb49414fb2551766dd07898a"
        case replaced = "5e814461a6564d1f9eeadab2afc5e287"
        case reordered = "1757718a3ea44d9ca0727c8a5cb5e917"
        case enabled = "2541e5148f38460eb9b365debe753915"
        case unregistered = "073be769560543fea344dc856ebfa910"
        case failed = "3df70cf559f14de3a7981f19d80e702b"
        case refused = "3b9bdcd1a5124fd6a50cc11bf860dc59"
        case suspended = "782ecd7d86a447f485db724adc8e8472"
        case caveat = "381f91cd77f9466f846053fc273030a0"
        case waiting = "f3c223996e9741cfb37c33fdf016b907"
        case yielded = "1a694701b2164e9c90bfb5d310bc48b3"
        case configuration = "688958c8bd084bb589bd8b80fd792c8d"
        case fixed = "9808b42e90b54fc88b9617d7ce5a9904"
        case unavailable = "5dbcbbba7659459099887179bcac498f"
        case standby = "10bf524bd8c3477da0d1cc6f918257d4"
        case contested = "7401f681793d4d33b2a97b93d619df61"
        case foreignRisk = "4935c82caf094e93a5d64d793059fe8f"
        case state = "7fd5baaf04074200872641173e8dec87"
        case internalState = "5b91ff53c76249059b38522ed040e5e8"
    }

    package let level: Level
    package let kind: Kind
    package let text: String
    /// Structured fields; a name may occur more than once.
    package let fields: [Field]

    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ level: Level, _ kind: Kind, _ text: String, _ fields: [Field] = []) {
        self.level = level
        self.kind = kind
        self.text = text
        self.fields = fields
    }

    /// The configuration file of which this message tells an error.
    package var brokenFile: String? {
        guard kind == .configuration, level == .error else { return nil }
        return fields.first { $0.name == "CONFIG_FILE" }?.value
    }

    /// The news that a configuration file has no errors any more.
    package static func fixed(_ file: String) -> Message {
        Message(.notice, .fixed, "\(file) has no errors any more", [Field("CONFIG_FILE", file)])
    }

    /// The message with a remark in parentheses.
    package func withRemark(_ remark: String) -> Message { Message(level, kind, "\(text) (\(remark))", fields) }
}
