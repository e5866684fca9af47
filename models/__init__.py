"""What is remembered: tables, the engine, migrations. Decides nothing.

Importing this package registers every table with ``SQLModel.metadata``.
"""

from models.account import Account, AccountRole, RoleRequest
from models.audit import AuditEntry
from models.base import SQLModel
from models.call import Call, WantedRole
from models.conflict import Exclusion, OrganisationExclusion
from models.consortium import (
    Consortium,
    ConsortiumMember,
    ConsortiumNote,
    ConsortiumRole,
    ConsortiumTask,
    RequestSetting,
)
from models.edition import Edition, EditionCountry, EditionField, Participation
from models.embedding import (
    IndexVersion,
    Passage,
    PassageVector,
    ProfileVectorState,
    TextVector,
)
from models.field import Field
from models.identity import Identity
from models.imports import ImportedWork, PendingImport
from models.job import Job, WorkerHeartbeat
from models.list_columns import ListColumns
from models.mail import Mail
from models.mailing import Bounce, Mailing, MailingRecipient, Unsubscription
from models.matcher_run import MatcherRun
from models.meeting import Availability, Calendar, Meeting, MeetingReview, OutcomeAnswer
from models.message import Message, MessageBlock, MessageReport
from models.organisation import Organisation, OrganisationLink, OrganisationName
from models.pairing import Pairing, Round, UnmetNeed
from models.preset import RulePreset
from models.privacy import Consent, ConsentEvent, EndedSession, PartVisibility
from models.reaction import Reaction
from models.registrant import (
    ColumnMapping,
    Duplicate,
    MergedKey,
    RegistrantFile,
    RegistrantFileContent,
    WaitingPlace,
)
from models.researcher import Profile, ProfileField, Publication, Statement
from models.round_proof import PairRule, RoundManifest, RoundPerson
from models.schedule_print import SchedulePrint
from models.session import EditionSession, SessionPlace
from models.team_run import TeamRun
from models.topic import Topic

__all__ = [
    "Account",
    "AccountRole",
    "AuditEntry",
    "Availability",
    "Bounce",
    "Calendar",
    "Call",
    "ColumnMapping",
    "Consent",
    "ConsentEvent",
    "Consortium",
    "ConsortiumMember",
    "ConsortiumNote",
    "ConsortiumRole",
    "ConsortiumTask",
    "Duplicate",
    "Edition",
    "EditionCountry",
    "EditionField",
    "EditionSession",
    "EndedSession",
    "Exclusion",
    "Field",
    "Identity",
    "ImportedWork",
    "IndexVersion",
    "Job",
    "ListColumns",
    "Mail",
    "Mailing",
    "MailingRecipient",
    "MatcherRun",
    "Meeting",
    "MeetingReview",
    "MergedKey",
    "Message",
    "MessageBlock",
    "MessageReport",
    "Organisation",
    "OrganisationExclusion",
    "OrganisationLink",
    "OrganisationName",
    "OutcomeAnswer",
    "PairRule",
    "Pairing",
    "PartVisibility",
    "Participation",
    "Passage",
    "PassageVector",
    "PendingImport",
    "Profile",
    "ProfileField",
    "ProfileVectorState",
    "Publication",
    "Reaction",
    "RegistrantFile",
    "RegistrantFileContent",
    "RequestSetting",
    "RoleRequest",
    "Round",
    "RoundManifest",
    "RoundPerson",
    "RulePreset",
    "SQLModel",
    "SchedulePrint",
    "SessionPlace",
    "Statement",
    "TeamRun",
    "TextVector",
    "Topic",
    "UnmetNeed",
    "Unsubscription",
    "WaitingPlace",
    "WantedRole",
    "WorkerHeartbeat",
]
