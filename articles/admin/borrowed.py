"""Texts that the desk shows and that are written elsewhere without a Russian translation that fits, collected for it.

The engine gives its reasons in English and loads no Django; Unfold comes in English only; roles are
named by their groups, permissions by rows; Django's Russian sentences about a record treat every name as masculine.
"""

from django.utils.translation import gettext_noop as _

ENGINE = (
    _("This name always stands for the organization."),
    _("A word beside the name says that the organization is meant."),
    _("The name stands alone in quotation marks."),
    _("Elsewhere the article makes clear that the organization is meant."),
    _("A person has decided that this mention is marked."),
    _("A person has decided that this mention is not marked."),
    _("The capital and small letters are not those of the name."),
    _("The name is part of an address, a handle or a tag."),
    _("The name is part of a longer name that is on a list."),
    _("The name stands in a printed note."),
    _("This is the outlet's own name."),
    _("The organization is on no list on this day."),
    _("A hyphen and a number make it the name of a type or model."),
    _("The words beside the name give it another meaning."),
    _("The text itself says that these letters or words mean something else."),
    _("The word before says that this is the title of a work or the name of a place."),
    _("Here the letters spell a verb."),
    _("In a text all in capitals these letters may be an ordinary word."),
    _("Several organizations with different statuses bear this name."),
    _("This is an ordinary word, and its capital letter comes from its place in the sentence."),
    _("The name is also an ordinary word, and nothing in the article says which is meant."),
    _("The name is also an ordinary word; only a person can say which is meant."),
    _("The name is part of the status in brackets after another mention."),
    _("The house style marks only the first mention."),
    _("A mark is already typed in here."),
    _("A mark is typed in at the head of a printed note."),
    _("The text already states the status beside the name."),
)

UNFOLD = (
    _("Select record"),
    _("Select action"),
    _("Select action to run"),
    _("Select value"),
    _("Run"),
    _("Filters"),
    _("Apply Filters"),
    _("Expand row"),
    _("More actions"),
    _("Type to search"),
    _("Select all rows"),
    _("Welcome back to"),
    _("You have been successfully logged out from the administration"),
    _("Return to site"),
    _("Go back"),
    _("General"),
    _("Light"),
    _("Dark"),
    _("System"),
    _("Cancel"),
    _("True"),
    _("False"),
    _("This item will be deleted."),
    _("Click to cancel"),
    _("Choose file to upload"),
    _("Image preview"),
    _("Date"),
    _("All applications"),
    _("Click to download"),
    _("Forgotten your password or username?"),
    _("Loading more results..."),
    _("Next"),
    _("No data"),
    _("No recent searches"),
    _("No results matching your query"),
    _("Previous"),
    _("Recent searches"),
    _("Record picture"),
    _("Search apps and models..."),
    _("Toggle password visibility"),
    _("Welcome"),
    _(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the password "
        'using <a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.'
    ),
    _("After you've created a user, you’ll be able to edit more user options."),
)

ROLES = (_("Reporter"), _("Editor"), _("Legal"), _("Managing editor"), _("Administrator"))

PERMISSIONS = (
    _("May submit own articles for review"),
    _("May approve an article"),
    _("May schedule, publish and correct"),
    _("May withdraw"),
    _("May answer unclear mentions"),
    _("May override the gate"),
)

DJANGO = (
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(model)s"),
    _("View selected %(model)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Cannot delete %(name)s"),
    _("Added {name} “{object}”."),
    _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Successfully deleted %(count)d %(items)s."),
)
