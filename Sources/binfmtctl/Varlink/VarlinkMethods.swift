// SPDX-License-Identifier: Apache-2.0

/// The methods of all interfaces.
struct VarlinkMethods {
    private let status: VarlinkStatus
    private let platforms: VarlinkPlatforms

    init(_ status: VarlinkStatus, _ platforms: VarlinkPlatforms) {
        self.status = status
        self.platforms = platforms
    }

    /// Answers the next call of a client, if there is one. Calls without a reply are answered together with it.
    ///
    /// - Returns: false if it is none. Varlink has no reply to that.
    func answer(_ client: VarlinkConnection) throws -> Bool {
        while let text = client.takeCall() {
            guard let call = try? VarlinkCall(parsing: text) else { return false }
            do {
                let reply = try reply(to: call, of: client)
                if let reply, !call.oneway { client.reply(reply) }
            } catch let error as VarlinkError {
                if !call.oneway { client.reply(try VarlinkReply.text(error)) }
            }
        }
        return true
    }

    /// - Returns: nil if the reply follows later.
    private func reply(to call: VarlinkCall, of client: VarlinkConnection) throws -> [UInt8]? {
        let (interface, method) = call.names
        switch (String(interface), method) {
        case (VarlinkInterface.name, "GetStatus"):
            return VarlinkReply.text(try status.text(call.requestedNames()))
        case (VarlinkInterface.name, "Monitor"):
            let names = try call.requestedNames()
            guard call.more, !call.oneway else { throw VarlinkError.expectedMore }
            let text = try status.text(names)
            client.monitor = VarlinkConnection.Monitor(names: names, text: text, look: status.look)
            return VarlinkReply.text(text, continues: true)
        case (VarlinkInterface.name, "GetPlatforms"):
            let names = try call.requestedNames()
            if !call.oneway { platforms.ask(names, for: client) }
            return nil
        case (VarlinkInterface.serviceName, "GetInfo"):
            try call.checkNoParameters()
            return VarlinkReply.text(try VarlinkReply.json(VarlinkInterface.Information()))
        case (VarlinkInterface.serviceName, "GetInterfaceDescription"):
            let name = try call.interface()
            guard let description = VarlinkInterface.description(of: name) else {
                throw VarlinkError.interfaceNotFound(name)
            }
            return VarlinkReply.text(try VarlinkReply.json(["description": description]))
        case (VarlinkInterface.name, _), (VarlinkInterface.serviceName, _):
            throw VarlinkError.methodNotFound(call.method)
        default: throw VarlinkError.interfaceNotFound(String(interface))
        }
    }
}
